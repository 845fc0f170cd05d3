using Coop.Errors;
using Xunit;

namespace Coop.Agents;

public class AgentTargetTests
{
    [Theory]
    [InlineData("claude", null, null, null)]
    [InlineData("claude:opus", "opus", null, null)]
    [InlineData("claude/high", null, "high", null)]
    [InlineData("claude@work", null, null, "work")]
    [InlineData("claude:opus/high@work", "opus", "high", "work")]
    [InlineData("codex:gpt-6.1-sol/xhigh", "gpt-6.1-sol", "xhigh", null)]
    [InlineData("codex:openai/o3", "openai/o3", null, null)]
    [InlineData("qwen:vendor/model-3", "vendor/model-3", null, null)]
    [InlineData("codex:vendor/model/high", "vendor/model", "high", null)]
    [InlineData("claude:eu.anthropic.claude-opus-v1:0@a.b_c-d", "eu.anthropic.claude-opus-v1:0", null, "a.b_c-d")]
    public void A_target_names_agent_model_effort_and_account(string word, string? model, string? effort, string? account)
    {
        var target = Parse(word);
        Assert.Equal((model, effort, account), (target.Model, target.Effort, target.Account));
        Assert.Equal(word, target.ToString());
    }

    [Theory]
    [InlineData("cladue:opus", "Coop knows no agent 'cladue'.", "Did you mean: claude:opus")]
    [InlineData("x", "Coop knows no agent 'x'.", "Known agents: claude, codex, gemini, qwen")]
    [InlineData("claude:opus/hihg", "'claude:opus/hihg': Claude Code knows no effort 'hihg'.", "Did you mean: claude:opus/high")]
    [InlineData("gemini/high", "'gemini/high': Gemini CLI knows no effort 'high'.", "It has no such setting; leave it out.")]
    [InlineData(
        "claude/quickly@y",
        "'claude/quickly@y': Claude Code knows no effort 'quickly'.",
        "It knows: low, medium, high, xhigh, max"
    )]
    public void A_word_that_is_nearly_a_target_is_told_the_right_one(string word, string message, string hint)
    {
        var error = Assert.Throws<UserError>(() => Parse(word));
        Assert.Equal((message, hint, ExitCode.Usage), (error.Message, error.Hint, error.ExitCode));
    }

    [Theory]
    [InlineData("claude:")]
    [InlineData("claude@")]
    [InlineData("claude@../x")]
    [InlineData("claude@-x")]
    [InlineData("claude@.x")]
    [InlineData("claude@a/b")]
    [InlineData("claude:-p")]
    [InlineData("claude:a b")]
    [InlineData("claude:a\"b")]
    [InlineData("claude:a\nb")]
    [InlineData("claude/")]
    [InlineData("claude:/high")]
    [InlineData("claude/high:opus")]
    public void What_is_malformed_is_refused(string word) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<UserError>(() => Parse(word)).ExitCode);

    private static AgentTarget Parse(string word) => AgentTarget.Parse(word, AgentCatalog.Find);
}
