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
        "Repositories",
        "Git",
        "GitControls",
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
        ["Repositories"] = [.. Ground],
        ["Git"] = [.. Ground, "Repositories"],
        ["GitControls"] = [.. Ground, "Repositories", "Git"],
        ["Clones"] = [.. Ground, "Repositories", "Git"],
        ["Masking"] = [.. Ground],
        ["Values"] = [.. Ground],
        ["Detectors"] = [.. Ground],
        ["Scanning"] = [.. Ground, "Detectors", "Values"],
        ["Shadowing"] = [.. Ground, "Detectors", "Repositories", "Masking", "Scanning"],
        ["AgentEvents"] = [.. Ground],
        ["AgentHomes"] = [.. Ground],
        ["Agents"] = [.. Ground, "AgentEvents", "AgentHomes"],
        ["Logins"] = [.. Ground, "AgentHomes", "Agents"],
        ["Places"] = [.. Ground],
        ["HiddenFiles"] = [.. Ground, "Places", "Configuration", "Repositories", "Masking", "Shadowing"],
        ["Boxes"] = [.. Ground, "Agents", "Configuration", "Logins", "Repositories", "GitControls", "Masking", "Shadowing"],
        ["BoxPlanning"] =
        [
            .. Ground,
            "Boxes",
            "Places",
            "AgentHomes",
            "Agents",
            "Configuration",
            "Logins",
            "Repositories",
            "Git",
            "GitControls",
            "HiddenFiles",
            "Masking",
            "Shadowing",
        ],
        ["LiveBoxes"] = [.. Ground, "Boxes", "Places", "Agents", "Configuration", "Logins"],
        ["Engines"] = [.. Ground, "Boxes", "Configuration"],
        ["Images"] = [.. Ground, "Places", "HiddenFiles", "Configuration", "Agents", "Repositories", "Masking"],
        ["Egress"] = [.. Ground, "Boxes"],
        ["Guards"] = [.. Ground, "Boxes", "Places", "Repositories", "Git", "GitControls", "Masking"],
        ["Sidecars"] = [.. Ground, "Boxes", "Places", "Configuration", "Repositories", "HiddenFiles", "Masking", "Scanning"],
        ["Guest"] = [.. Ground, "Egress"],
        ["Runs"] = [.. Ground, .. Subject.Where(room => room != "Guest")],
        ["TaskQueue"] = [.. Ground, .. Subject],
        ["CheckSecrets"] = [.. Ground, .. Subject],
        ["Init"] = [.. Ground, .. Subject],
        ["Upkeep"] = [.. Ground, .. Subject, "Runs"],
        ["Accounts"] = [.. Ground, .. Subject, "Runs"],
        ["Gates"] = [.. Ground, .. Subject, "Runs"],
        ["LoopDecisions"] = [.. Ground, "AgentEvents", "TaskQueue"],
        ["LoopReports"] = [.. Ground, "AgentEvents", "Boxes", "Runs"],
        ["Loops"] = [.. Ground, .. Subject, "LoopDecisions", "LoopReports", "Runs", "TaskQueue", "Reviews", "Gates"],
        ["Reviews"] = [.. Ground, .. Subject],
        ["Landings"] = [.. Ground, .. Subject, "Runs"],
        ["ForkKeeping"] = [.. Ground, .. Subject, "Runs", "TaskQueue", "Landings"],
        ["Forks"] = [.. Ground, .. Subject, "ForkKeeping", "ForkLoops", "Runs", "TaskQueue", "Reviews", "Gates", "Landings"],
        ["ForkLoops"] = [.. Ground, .. Subject, "Runs", "Loops", "TaskQueue", "ForkKeeping"],
        ["Fleets"] = [.. Ground, .. Subject, "ForkKeeping", "Forks", "TaskQueue"],
        ["Fusion"] = [.. Ground, .. Subject, "Runs"],
        ["Acp"] = [.. Ground, .. Subject, "Runs", "Fusion", "ForkKeeping", "Forks"],
        ["Doctor"] = [.. Ground, .. Subject, "Runs"],
        ["Demo"] = [.. Ground, .. Subject, "Runs", "ForkKeeping", "Forks"],
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

    // The floors above may use a whole floor; between neighbours a door is opened when somebody goes through it.
    [Fact]
    public void No_door_between_neighbours_stands_open_for_nobody() =>
        Assert.Equal(
            [],
            from room in BuiltRooms.Select(row => row.Data)
            where Subject.Contains(room)
            let used = RoomsUsedBy(room)
            from door in Doors[room]
            where Subject.Contains(door) && !used.Contains(door)
            select $"{room} -> {door}"
        );

    [Fact]
    public void The_page_of_the_house_names_every_room()
    {
        var page = File.ReadLines(Path.Combine(SourceTree.Root, "docs/architecture.md"));
        var drawn = page.Where(line => line.StartsWith("    ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', ','));
        Assert.Equal([], RoomsWithTypes().Except(drawn));
    }

    [Fact]
    public void Rooms_are_not_divided_into_drawers() =>
        Assert.Equal(
            [],
            SourceTree
                .CodeFiles("src/Coop")
                .Where(path => path.Split('/').Length > 4)
                .Where(path => !path.StartsWith("src/Coop/Init/Templates/", StringComparison.Ordinal))
        );

    private static HashSet<string> RoomsUsedBy(string room) =>
        [
            .. House
                .Types.Where(type => type.Namespace.FullName == Namespace(room))
                .SelectMany(type => type.Dependencies)
                .Select(dependency => dependency.Target.Namespace?.FullName.Split('.') is ["Coop", var used, ..] ? used : room),
        ];

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
