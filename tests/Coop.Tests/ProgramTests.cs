using Xunit;

namespace Coop;

public class ProgramTests
{
    [Fact]
    public void One_is_one() => Assert.Equal(1, 1);
}
