using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Coop.TestKit;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Coop.HouseRules;

/// <summary>Who may enter which room: the table of docs/architecture.md, checked on the compiled program and on the source's <c>using</c> lines.</summary>
public partial class LayerTests
{
    private static readonly string[] Ground = ["Errors", "Native", "Processes", "Storage", "Trees", "Formats", "Terminal"];

    private static readonly string[] Subject =
    [
        "Configuration",
        "Git",
        "Clones",
        "AgentEvents",
        "AgentHomes",
        "Agents",
        "Logins",
        "Masking",
        "Values",
        "Detectors",
        "Scanning",
        "Shadowing",
        "Places",
        "HiddenFiles",
        "Boxes",
        "BoxPlanning",
        "LiveBoxes",
        "Guards",
        "Engines",
        "Images",
        "Egress",
        "Guest",
        "Sidecars",
    ];

    // What each room may use: on the ground floor everything, above it what stands here besides the floors below.
    private static readonly Dictionary<string, string[]> Doors = new(StringComparer.Ordinal)
    {
        ["Errors"] = [],
        ["Native"] = [],
        ["Processes"] = ["Errors", "Native"],
        ["Storage"] = ["Errors", "Native"],
        ["Trees"] = ["Errors", "Native", "Storage"],
        ["Formats"] = ["Errors", "Native"],
        ["Terminal"] = ["Errors", "Native"],
        ["Configuration"] = [.. Ground],
        ["Git"] = [.. Ground],
        ["Clones"] = [.. Ground, "Git"],
        ["Masking"] = [.. Ground],
        ["Values"] = [.. Ground],
        ["Detectors"] = [.. Ground],
        ["Scanning"] = [.. Ground, "Detectors", "Values"],
        ["Shadowing"] = [.. Ground, "Detectors", "Git", "Masking", "Scanning"],
        ["AgentEvents"] = [.. Ground],
        ["AgentHomes"] = [.. Ground],
        ["Agents"] = [.. Ground, "AgentEvents", "AgentHomes", "Configuration"],
        ["Logins"] = [.. Ground, "AgentHomes", "Agents", "Configuration"],
        ["Places"] = [.. Ground],
        ["HiddenFiles"] = [.. Ground, "Places", "Configuration", "Git", "Masking", "Shadowing"],
        ["Boxes"] = [.. Ground, "AgentHomes", "Agents", "Configuration", "Logins", "Git", "Masking", "Shadowing"],
        ["BoxPlanning"] =
        [
            .. Ground,
            "Boxes",
            "Places",
            "AgentHomes",
            "Agents",
            "Configuration",
            "Logins",
            "Git",
            "HiddenFiles",
            "Masking",
            "Shadowing",
        ],
        ["LiveBoxes"] = [.. Ground, "Boxes", "Places", "Agents", "Configuration", "Logins"],
        ["Engines"] = [.. Ground, "Boxes", "Configuration"],
        ["Images"] = [.. Ground, "Places", "HiddenFiles", "Configuration", "Agents", "Logins", "Git", "Masking"],
        ["Egress"] = [.. Ground, "Boxes", "Configuration", "Agents", "Logins"],
        ["Guards"] = [.. Ground, "Boxes", "Places", "Configuration", "Git", "Masking", "Scanning"],
        ["Sidecars"] = [.. Ground, "Boxes", "Places", "Configuration", "Git", "Masking", "Scanning"],
        ["Guest"] = [.. Ground, "Guards", "Masking", "Egress"],
        ["Runs"] = [.. Ground, .. Subject.Where(room => room != "Guest")],
        ["TaskQueue"] = [.. Ground, .. Subject],
        ["CheckSecrets"] = [.. Ground, .. Subject],
        ["Init"] = [.. Ground, .. Subject],
        ["Upkeep"] = [.. Ground, .. Subject, "Runs"],
        ["Accounts"] = [.. Ground, .. Subject, "Runs"],
        ["Gates"] = [.. Ground, .. Subject, "Runs"],
        ["Loops"] = [.. Ground, .. Subject, "Runs", "TaskQueue", "Reviews", "Gates"],
        ["Reviews"] = [.. Ground, .. Subject],
        ["Landings"] = [.. Ground, .. Subject, "Runs"],
        ["Forks"] = [.. Ground, .. Subject, "Runs", "TaskQueue", "Reviews", "Gates", "Landings"],
        ["ForkLoops"] = [.. Ground, .. Subject, "Runs", "Loops", "TaskQueue", "Forks"],
        ["Fleets"] = [.. Ground, .. Subject, "Forks", "TaskQueue"],
        ["Fusion"] = [.. Ground, .. Subject, "Runs"],
        ["Acp"] = [.. Ground, .. Subject, "Runs", "Fusion", "Forks"],
        ["Doctor"] = [.. Ground, .. Subject, "Runs", "Forks"],
        ["Demo"] = [.. Ground, .. Subject, "Runs", "Forks", "Loops", "TaskQueue"],
    };

    // Everything may be used here; Program, at the very top, may use this too.
    private const string Roof = "Cli";

    private static readonly Architecture House = new ArchLoader().LoadAssembly(typeof(Cli.CliApp).Assembly).Build();

    public static TheoryData<string> BuiltRooms => [.. RoomsWithTypes().Where(Doors.ContainsKey)];

    [Fact]
    public void Every_room_stands_in_the_table() =>
        Assert.Equal([], RoomsWithTypes().Where(room => room != Roof && !Doors.ContainsKey(room)));

    [Fact]
    public void The_table_names_no_room_twice_and_none_that_it_does_not_have() =>
        Assert.Equal([], Doors.Values.SelectMany(rooms => rooms).Where(room => !Doors.ContainsKey(room)).Distinct());

    [Fact]
    public void No_door_leads_in_a_circle()
    {
        HashSet<string> checkedRooms = new(StringComparer.Ordinal);
        while (Doors.Keys.FirstOrDefault(IsReady) is { } room)
        {
            checkedRooms.Add(room);
        }

        Assert.Equal([], Doors.Keys.Where(room => !checkedRooms.Contains(room)));

        bool IsReady(string room) => !checkedRooms.Contains(room) && Doors[room].All(checkedRooms.Contains);
    }

    [Theory]
    [MemberData(nameof(BuiltRooms))]
    public void A_room_enters_only_the_rooms_it_may(string room)
    {
        var closed = RoomsWithTypes().Where(other => other != room && !Doors[room].Contains(other)).Select(Namespace);
        var rule = Types().That().ResideInNamespaceMatching(Pattern([Namespace(room)])).Should();
        rule.NotDependOnAny(Types().That().ResideInNamespaceMatching(Pattern(closed)))
            .Because("the table of rooms says so")
            .Check(House);
    }

    // Constants leave no trace in compiled code.
    [Fact]
    public void No_file_imports_a_room_that_is_closed_to_it() =>
        Assert.Equal(
            [],
            from path in SourceTree.CodeFiles("src/Coop")
            let parts = path.Split('/')
            where parts.Length == 4 && Doors.ContainsKey(parts[2])
            from line in File.ReadLines(Path.Combine(SourceTree.Root, path))
            let used = ImportedRoom().Match(line)
            where used.Success && used.Groups["room"].Value != parts[2] && !Doors[parts[2]].Contains(used.Groups["room"].Value)
            select $"{path}: {line}"
        );

    [Fact]
    public void Rooms_are_not_divided_into_drawers() =>
        Assert.Equal(
            [],
            SourceTree
                .CodeFiles("src/Coop")
                .Where(path => path.Split('/').Length > 4)
                .Where(path => !path.StartsWith("src/Coop/Init/Templates/", StringComparison.Ordinal))
        );

    private static IEnumerable<string> RoomsWithTypes() =>
        House
            .Types.Select(type => type.Namespace.FullName)
            .Where(name => name.StartsWith("Coop.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[1])
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static string Namespace(string room) => "Coop." + room;

    private static string Pattern(IEnumerable<string> namespaces) =>
        $@"^({string.Join('|', namespaces.Select(Regex.Escape))})(\..*)?$";

    [GeneratedRegex(@"^using (static |\w+ = )?Coop\.(?<room>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ImportedRoom();
}
