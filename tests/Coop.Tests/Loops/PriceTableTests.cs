using Coop.AgentEvents;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Loops;

public sealed class PriceTableTests : IDisposable
{
    private static readonly TokenUsage Million = new(Input: 1_000_000, CachedInput: 400_000, Output: 100_000);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_published_price_is_counted_with_what_was_cached() =>
        Assert.Equal((0.6m * 1.25m) + (0.4m * 0.125m) + (0.1m * 10m), Read().CostOf("gpt-5", Million));

    [Theory]
    [InlineData(null)]
    [InlineData("gpt-77")]
    [InlineData("GPT-5")]
    public void What_nobody_published_costs_an_unknown_amount_and_not_nothing(string? model) =>
        Assert.Null(Read().CostOf(model, Million));

    [Fact]
    public void The_users_own_prices_go_before_the_published_ones()
    {
        directory.Write("prices", "# mine\ngpt-5 1 0 2   # cheaper\r\n\tlocal 0 0 0\n\n");
        var prices = Read();
        Assert.Equal(0.8m, prices.CostOf("gpt-5", Million));
        Assert.Equal(0m, prices.CostOf("local", Million));
        Assert.True(prices.Knows("local") && prices.Knows("gemini-2.5-pro") && !prices.Knows("gpt-77"));
    }

    [Theory]
    [InlineData("gpt-5 1 2")]
    [InlineData("gpt-5 1 2 3 4")]
    [InlineData("gpt-5 1 -2 3")]
    [InlineData("gpt-5 1 2 3e9")]
    [InlineData("gpt-5 1,5 2 3")]
    public void A_line_that_is_no_price_is_named(string line)
    {
        directory.Write("prices", $"\n{line}\n");
        var error = Assert.Throws<UserError>(() => Read());
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("prices:2", error.Message, StringComparison.Ordinal);
    }

    private PriceTable Read() => PriceTable.Read(directory.Path);
}
