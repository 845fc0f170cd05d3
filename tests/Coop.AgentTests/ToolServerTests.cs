using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

/// <summary>What the user writes once reaches every agent: tool servers and instructions.</summary>
public class ToolServerTests
{
    // A tool server on standard streams with one tool, `ping`, that answers with a variable of its own.
    private const string Program = """
        const answer = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\n");
        require("readline").createInterface({ input: process.stdin }).on("line", line => {
          const { id, method, params } = JSON.parse(line);
          if (method === "initialize")
            answer(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "mini", version: "1" } });
          else if (method === "tools/list")
            answer(id, { tools: [{ name: "ping", description: "answers", inputSchema: { type: "object", properties: {} } }] });
          else if (method === "tools/call") answer(id, { content: [{ type: "text", text: "pong " + process.env.WORD }] });
          else if (id !== undefined) answer(id, {});
        });
        """;

    [Theory]
    [MemberData(nameof(AgentRigs.EachEngine), MemberType = typeof(AgentRigs))]
    public async Task An_agent_uses_the_users_tool_servers_and_has_the_users_instructions(BoxRig rig, string agent)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        await scene.Repository.WriteAsync("mini.js", Program);
        var servers = $$$"""
            {
              "mcpServers": {
                "mini": {"command": "node", "args": ["{{{scene.Repository.PathOf("mini.js")}}}"], "env": {"WORD": "azurite"}},
                "web": {"url": "{{{scene.Server.Address}}}{{{McpEndpoint.Path}}}", "bearer_token_env_var": "WEB_TOKEN"}
              }
            }
            """;
        await scene.WriteConfigAsync("mcp.json", servers);
        await scene.WriteConfigAsync("INSTRUCTIONS.md", "Always think of heliotrope.\n");
        await scene.AddVariableAsync("WEB_TOKEN", McpEndpoint.Token);
        scene.Server.Answer(
            new ModelTurn { Tool = Ping(agent, "mini") },
            new ModelTurn { Tool = Ping(agent, "web") },
            ModelTurn.Say("All done.")
        );
        var result = (await scene.Headless(agent, "ping both").RunAsync()).Succeeded();
        Assert.Contains("All done.", result.Out, StringComparison.Ordinal);
        var asked = string.Concat(scene.Server.Requests.Select(request => request.Body));
        Assert.Contains("pong azurite", asked, StringComparison.Ordinal);
        Assert.Contains(McpEndpoint.Answer, asked, StringComparison.Ordinal);
        Assert.Contains("Always think of heliotrope.", asked, StringComparison.Ordinal);
        Assert.Equal(
            servers,
            await File.ReadAllTextAsync(Path.Combine(scene.ConfigDirectory, "mcp.json"), TestContext.Current.CancellationToken)
        );
    }

    private static ModelTurn.ToolCall Ping(string agent, string server) =>
        agent switch
        {
            "codex" => new("ping", [], Group: $"mcp__{server}"),
            "gemini" => new($"mcp_{server}_ping", []),
            _ => new($"mcp__{server}__ping", []),
        };
}
