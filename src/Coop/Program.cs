using Coop.Configuration;
using Coop.Formats;
using Coop.Guest;

namespace Coop;

internal static class Program
{
    private static int Main(string[] words)
    {
        var host = HostEnvironment.Read(words);
        if (words is [GuestProtocol.InitVerb, ..])
        {
            return Init.Run([.. host.Arguments.Skip(1)]);
        }

        return 0;
    }
}
