using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.Configuration;

public class HostEnvironmentTests
{
    [Fact]
    public void This_machine_is_read()
    {
        var host = HostEnvironment.Read([]);
        Assert.Equal(Environment.CurrentDirectory, host.WorkingDirectory.ToString());
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), host.Get("PATH"));
        Assert.Equal(Environment.IsPrivilegedProcess, host.IsRoot);
        Assert.Equal([], host.Arguments);
    }

    [Fact]
    public void An_empty_variable_is_set_but_not_filled()
    {
        var host = SomeHost.With(("A", ""), ("B", "b"));
        Assert.Equal(("", null), (host.Get("A"), host.GetFilled("A")));
        Assert.Equal(("b", "b"), (host.Get("B"), host.GetFilled("B")));
        Assert.Equal((null, null), (host.Get("C"), host.GetFilled("C")));
    }

    [Fact]
    public void Children_get_the_variables_sorted() =>
        Assert.Equal(CString.List("A=1", "B=", "C=x=y"), SomeHost.With(("C", "x=y"), ("A", "1"), ("B", "")).AsList());
}
