using Tomlyn.Model;
using Tomlyn.Serialization;

namespace Coop.AgentHomes;

/// <summary>How TOML is read and written without reflection.</summary>
[TomlSerializable(typeof(TomlTable))]
internal sealed partial class TomlContext : TomlSerializerContext;
