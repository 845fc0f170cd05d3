using Coop.Native;
using Xunit;

namespace Coop.Guest;

public class BoxVariablesTests
{
    [Fact]
    public void What_was_sent_wins_and_the_rest_stays()
    {
        BoxVariables variables = new(CString.List("PATH=/bin", "KEY=old", "A="), CString.List("KEY=new=x", "B=1"));
        Assert.Equal(CString.List("A=", "B=1", "KEY=new=x", "PATH=/bin"), variables.Entries);
        Assert.Equal(("new=x", "", null), (variables.Get("KEY"), variables.Get("A"), variables.Get("C")));
    }

    [Fact]
    public void What_is_no_variable_is_left_out() =>
        Assert.Equal([], new BoxVariables(CString.List("", "word", "=x"), []).Entries);

    [Fact]
    public void Values_keep_their_bytes()
    {
        var entry = CString.From([(byte)'A', (byte)'=', 0xff]);
        Assert.Equal([entry], new BoxVariables([entry], []).Entries);
    }

    [Fact]
    public void The_inherited_ones_are_this_processs_own() =>
        Assert.Contains(BoxVariables.Inherited(), entry => entry.Bytes.StartsWith("PATH="u8));

    [Fact]
    public void Tools_come_first_where_the_image_has_no_place_of_its_own_for_them()
    {
        BoxVariables plain = new(CString.List("PATH=/usr/bin"), []);
        plain.PointToTools();
        Assert.Equal("/opt/coop/tools/mise/shims:/opt/coop/tools/asdf/shims:/usr/bin", plain.Get("PATH"));
        Assert.Equal("/opt/coop/tools/mise", plain.Get("MISE_DATA_DIR"));

        BoxVariables baked = new(CString.List("PATH=/usr/bin", "ASDF_DATA_DIR=/asdf"), []);
        baked.PointToTools();
        Assert.Equal("/usr/bin", baked.Get("PATH"));
        Assert.Null(baked.Get("MISE_DATA_DIR"));
    }
}
