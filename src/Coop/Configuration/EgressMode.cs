namespace Coop.Configuration;

/// <summary>What of the network a box may reach. The host's loopback, other boxes and engine sockets are out of reach in every mode.</summary>
internal enum EgressMode
{
    Open,
    None,
}
