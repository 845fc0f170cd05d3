using System.Globalization;
using System.Text.Json.Nodes;
using Coop.TestPrograms;

// model-server PORT [SCRIPT.json]: answers the script's turns in order, then the text «done»; prints each request as a line of JSON.
if (args is not ["model-server", var number, ..] || !int.TryParse(number, CultureInfo.InvariantCulture, out var port))
{
    await Console.Error.WriteLineAsync("usage: model-server PORT [SCRIPT.json]");
    return 2;
}

await using var server = await ModelServer.StartAsync(port);
if (args.Length > 2)
{
    server.Answer([.. ModelScript.Parse(JsonNode.Parse(await File.ReadAllTextAsync(args[2]))!)]);
}

server.Asked = request => Console.WriteLine(request.ToJson());
await Console.Error.WriteLineAsync($"http://127.0.0.1:{server.Port}");
await Task.Delay(Timeout.Infinite);
return 0;
