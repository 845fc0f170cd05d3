using System.Text;
using Coop.Errors;
using Xunit;

namespace Coop.AgentHomes;

public class McpFileTests
{
    [Fact]
    public void Programs_and_addresses_are_read_with_all_they_have()
    {
        var servers = Parse(
            """
            {
              // what everybody gets
              "mcpServers": {
                "mini": {"command": "node", "args": ["a.mjs", "-x"], "env": {"A": "b"}},
                "web": {"type": "http", "url": "http://127.0.0.1:1/mcp", "headers": {"X": "y"}, "bearer_token_env_var": "TOKEN"},
              }
            }
            """
        );
        Assert.Equal(["mini", "web"], servers.Select(server => server.Name));
        Assert.Equal(
            ("node", "a.mjs -x", "A=b"),
            (servers[0].Command, string.Join(' ', servers[0].Arguments), Pairs(servers[0].Variables))
        );
        Assert.Equal(
            ("http://127.0.0.1:1/mcp", "X=y Authorization=Bearer ${TOKEN}"),
            (servers[1].Address, Pairs(servers[1].HeadersWith(variable => $"${{{variable}}}")))
        );
    }

    [Theory]
    [InlineData("[]", "1: the file must be an object, not a list.")]
    [InlineData("{}\n}", "2: this is no JSON.")]
    [InlineData("{\n\"servers\": {}}", "2: unknown key 'servers'.")]
    [InlineData("{\"mcpServers\":\n[]}", "2: 'mcpServers' must be an object, not a list.")]
    [InlineData("{\"mcpServers\": {\"a\":\n7}}", "2: server 'a' must be an object, not a number.")]
    [InlineData("{\"mcpServers\": {\"a b\": {}}}", "1: server 'a b' has no usable name.")]
    [InlineData("{\"mcpServers\": {\"a\": {}}}", "1: server 'a' has neither command nor url.")]
    [InlineData("{\"mcpServers\": {\"a\": {\"command\": \"x\", \"url\": \"y\"}}}", "1: server 'a' has both command and url.")]
    [InlineData("{\"mcpServers\": {\"a\": {\n\"command\":\n7}}}", "3: server 'a', key 'command' must be a text, not a number.")]
    [InlineData("{\"mcpServers\": {\"a\": {\"command\": \"\"}}}", "1: server 'a', key 'command' is empty.")]
    [InlineData(
        "{\"mcpServers\": {\"a\": {\"command\": \"x\",\n\"args\": \"y\"}}}",
        "2: server 'a', key 'args' must be a list of texts, not a text."
    )]
    [InlineData(
        "{\"mcpServers\": {\"a\": {\"command\": \"x\",\n\"args\": [\"y\",\n1]}}}",
        "3: server 'a', key 'args' must hold texts only, not a number."
    )]
    [InlineData(
        "{\"mcpServers\": {\"a\": {\"command\": \"x\",\n\"env\": {\"K\": true}}}}",
        "2: server 'a', key 'env', 'K' must be a text, not true or false."
    )]
    [InlineData("{\"mcpServers\": {\"a\": {\"command\": \"x\",\n\"arg\": []}}}", "2: server 'a' has an unknown key 'arg'.")]
    [InlineData(
        "{\"mcpServers\": {\"a\": {\"url\": \"x\", \"type\": \"sse\"}}}",
        "1: server 'a', key 'type': unknown type 'sse'."
    )]
    [InlineData("{\"mcpServers\": {\"a\": {\"command\": \"x\"},\n\"a\": {}}}", "2: the key 'a' stands twice.")]
    public void What_is_wrong_is_named_with_file_line_server_and_key(string text, string message)
    {
        var error = Assert.Throws<UserError>(() => Parse(text));
        Assert.Equal(($"/c/mcp.json:{message}", ExitCode.Usage), (error.Message, error.ExitCode));
    }

    [Fact]
    public void A_value_is_never_in_an_error()
    {
        var error = Assert.Throws<UserError>(() =>
            Parse("""{"mcpServers": {"a": {"url": "x", "headers": {"A": "sesame"}, "token": "sesame"}}}""")
        );
        Assert.DoesNotContain("sesame", error.Message + error.Hint, StringComparison.Ordinal);
    }

    private static IReadOnlyList<McpServer> Parse(string text) => McpFile.Parse("/c/mcp.json", Encoding.UTF8.GetBytes(text));

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"));
}
