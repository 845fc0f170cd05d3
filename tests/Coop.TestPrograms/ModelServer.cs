using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Coop.TestPrograms;

/// <summary>
/// A model provider on the loopback that answers a script's turns in order to whoever asks, in the interface they ask by, and remembers what was asked. What comes after
/// the script is answered with the text «done».
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private static readonly IModelDialect[] Dialects =
    [
        new AnthropicMessages(),
        new OpenAiResponses(),
        new OpenAiChat(),
        new GeminiContent(),
    ];

    private readonly Lock gate = new();
    private readonly List<ModelRequest> requests = [];
    private readonly WebApplication application;
    private Queue<ModelTurn> turns = new();
    private DateTimeOffset? refusedUntil;

    private ModelServer(WebApplication application) => this.application = application;

    /// <summary>Told of each request; may be called from several threads.</summary>
    public Action<ModelRequest> Asked { get; set; } = _ => { };

    public int Port { get; private set; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>All requests until now, those for anything else than answers among them.</summary>
    public IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <param name="port">0 is a free one.</param>
    public static async Task<ModelServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            options.Limits.MaxRequestBodySize = 256 << 20;
        });
        var made = builder.Build();
        ModelServer server = new(made);
        made.Run(server.ServeAsync);
        await made.StartAsync();
        server.Port = new Uri(made.Urls.First()).Port;
        return server;
    }

    /// <summary>Replaces what is left of the script.</summary>
    public void Answer(params ReadOnlySpan<ModelTurn> script)
    {
        lock (gate)
        {
            turns = new(script.ToArray());
            refusedUntil = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request);
        lock (gate)
        {
            requests.Add(request);
        }

        Asked(request);
        var path = context.Request.Path.Value ?? "/";

        if (path == McpEndpoint.Path)
        {
            await McpEndpoint.AnswerAsync(context, request);
            return;
        }

        // Codex tries a WebSocket first, and takes this for «not here».
        if (context.Request.Headers.Upgrade.Count > 0)
        {
            context.Response.StatusCode = 426;
            return;
        }

        if (Array.Find(Dialects, dialect => dialect.Owns(path)) is not { } dialect || request.Method != "POST")
        {
            context.Response.StatusCode = path.EndsWith("/models", StringComparison.Ordinal) ? 200 : 404;
            await context.Response.WriteAsync("{\"data\":[],\"models\":[]}");
            return;
        }

        await AnswerAsync(context, dialect, request);
    }

    private async Task AnswerAsync(HttpContext context, IModelDialect dialect, ModelRequest request)
    {
        var body = request.Json as JsonObject ?? [];
        var isWork = dialect.IsWork(body);
        if (!isWork && Peek() is not { Failure: not null })
        {
            await WriteAsync(context.Response, dialect.AnswerAside(request.Path, body));
            return;
        }

        var turn = Next();
        if (turn.Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (turn.Failure is { } failure)
        {
            context.Response.StatusCode = failure.Status;
            context.Response.ContentType = "application/json";
            foreach (var (name, value) in failure.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(failure.Body.ToJsonString());
            return;
        }

        await WriteAsync(context.Response, dialect.Answer(request.Path, body, turn));
    }

    private ModelTurn Peek()
    {
        lock (gate)
        {
            return Current() ?? ModelTurn.Say("done");
        }
    }

    private ModelTurn Next()
    {
        lock (gate)
        {
            var turn = Current();
            if (turn is { Repeats: false })
            {
                turns.Dequeue();
            }

            return turn ?? ModelTurn.Say("done");
        }
    }

    // A refusal becomes a failure until its end, when the next turn takes its place.
    private ModelTurn? Current()
    {
        while (turns.TryPeek(out var turn))
        {
            if (turn.Refused is not { } refused)
            {
                return turn;
            }

            var now = DateTimeOffset.UtcNow;
            refusedUntil ??= DateTimeOffset.FromUnixTimeSeconds((now + refused.Length).ToUnixTimeSeconds() + 1);
            if (now < refusedUntil)
            {
                return ModelTurn.Fail(refused.Failure(refusedUntil.Value));
            }

            refusedUntil = null;
            turns.Dequeue();
        }

        return null;
    }

    private static async Task WriteAsync(HttpResponse response, ModelAnswer answer)
    {
        if (answer.Document is { } document)
        {
            response.ContentType = "application/json";
            await response.WriteAsync(document.ToJsonString());
            return;
        }

        response.ContentType = "text/event-stream";
        foreach (var (name, value) in answer.Events)
        {
            await response.WriteAsync($"{(name is null ? "" : $"event: {name}\n")}data: {value.ToJsonString()}\n\n");
            await response.Body.FlushAsync();
        }

        if (answer.Closing is { } closing)
        {
            await response.WriteAsync($"data: {closing}\n\n");
        }
    }

    private static async Task<ModelRequest> ReadAsync(HttpRequest request)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        var headers = request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(),
            header => header.Value.ToString(),
            StringComparer.Ordinal
        );
        return new ModelRequest(request.Method, $"{request.Path}{request.QueryString}", headers, await reader.ReadToEndAsync());
    }
}
