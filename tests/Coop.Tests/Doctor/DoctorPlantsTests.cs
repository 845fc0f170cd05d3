using Coop.HiddenFiles;
using Coop.Masking;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class DoctorPlantsTests
{
    // What the doctor plants is what Coop hides: a failing doctor then means a box that does not do it.
    [Fact]
    public void Every_plant_is_hidden_by_the_rules_and_what_must_stay_visible_is_not()
    {
        using TemporaryTree tree = new();
        using TemporaryDirectory outside = new();
        DoctorPlants plants = new();
        plants.Write(tree.RootPath, outside.Path);
        var found = new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty).Find(
            tree.Root,
            new HashSet<BytePath>(),
            TestContext.Current.CancellationToken
        );
        IEnumerable<string> hidden = [.. plants.All.Select(secret => secret.Path), DoctorPlants.HardLink, DoctorPlants.Fifo];
        Assert.Equal([], hidden.Where(path => found.Find(BytePath.From(path)) is null));
        string[] visible = [DoctorPlants.Template, DoctorPlants.PublicKey, DoctorPlants.Readme];
        Assert.Equal([], visible.Where(path => found.Find(BytePath.From(path)) is not null));
    }

    [Fact]
    public void Every_mark_is_random_and_in_one_place()
    {
        DoctorPlants plants = new();
        Assert.Equal(plants.Marks.Count(), plants.Marks.Concat(new DoctorPlants().Marks).Distinct().Count() / 2);
        Assert.DoesNotContain(plants.VisibleMark, plants.Marks, StringComparer.Ordinal);
    }
}
