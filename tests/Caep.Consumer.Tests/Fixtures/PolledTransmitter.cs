using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>A transmitter with one stream that is polled (SSF 1.0 section 8.1, RFC 8936), as strict as the specifications.</summary>
public sealed class PolledTransmitter : IAsyncLifetime
{
    public const string Audience = "https://portal.example/caep";
    public const string Secret = "acme-client-secret";

    private readonly ConcurrentDictionary<string, string> _waiting = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonObject? _stream;
    private int _tokens;

    public PolledTransmitter() => Events = new Transmitter(Map);

    public Transmitter Events { get; }

    /// <summary>Events that were acknowledged.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>Events that were reported, with the code.</summary>
    public ConcurrentDictionary<string, string> Reported { get; } = new();

    public bool HasStream => _stream is not null;

    public int StreamsCreated { get; private set; }

    /// <summary>What the stream's receiver wanted.</summary>
    public JsonObject Stream => _stream ?? throw new InvalidOperationException("There is no stream.");

    public string Status { get; set; } = "enabled";

    /// <summary>It lets nobody change its stream or the status of it.</summary>
    public bool RefusesChanges { get; set; }

    public ValueTask InitializeAsync() => Events.InitializeAsync();

    public ValueTask DisposeAsync() => Events.DisposeAsync();

    /// <summary>From now on the access tokens of before are refused.</summary>
    public void ExpireTokens() => Interlocked.Increment(ref _tokens);

    public void Send(SecurityEventToken token, Func<SecurityEventToken, string>? sign = null)
    {
        _waiting[token.JwtId] = (sign ?? Events.Sign)(token with { Audience = Audience });
        Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private void Map(WebApplication app)
    {
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["grant_type"] == "client_credentials" && request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal)
                ? Results.Json(new { access_token = $"token-{_tokens}", token_type = "Bearer", expires_in = 3600 })
                : Results.BadRequest();
        });
        var api = app.MapGroup("").AddEndpointFilter(async (call, next) =>
            call.HttpContext.Request.Headers.Authorization == $"Bearer token-{_tokens}" ? await next(call) : Results.Unauthorized());
        api.MapGet("/stream", () => _stream is null ? Results.Text("[]", "application/json") : Results.Text($"[{_stream.ToJsonString()}]", "application/json"));
        api.MapPost("/stream", async (HttpRequest request) =>
        {
            var wanted = (await JsonNode.ParseAsync(request.Body))!;
            StreamsCreated++;
            _stream = new JsonObject
            {
                ["stream_id"] = "stream-1",
                ["iss"] = Events.Issuer,
                ["aud"] = Audience,
                ["delivery"] = new JsonObject { ["method"] = wanted["delivery"]!["method"]!.GetValue<string>(), ["endpoint_url"] = $"{Events.Issuer}/poll" },
                ["events_requested"] = wanted["events_requested"]!.DeepClone(),
                ["events_delivered"] = wanted["events_requested"]!.DeepClone(),
                ["format"] = wanted["format"]?.DeepClone() ?? "iss_sub",
            };
            return Results.Text(_stream.ToJsonString(), "application/json", statusCode: 201);
        });
        api.MapDelete("/stream", (string stream_id) =>
        {
            _stream = null;
            return Results.NoContent();
        });
        api.MapPatch("/stream", async (HttpRequest request) => RefusesChanges ? Results.StatusCode(403) : Change(await JsonNode.ParseAsync(request.Body)));
        api.MapGet("/status", (string stream_id) => Results.Json(new { stream_id, status = Status }));
        api.MapPost("/status", async (HttpRequest request) =>
        {
            Status = RefusesChanges ? Status : (await JsonNode.ParseAsync(request.Body))!["status"]!.GetValue<string>();
            return RefusesChanges ? Results.StatusCode(403) : Results.Json(new { stream_id = "stream-1", status = Status });
        });
        api.MapPost("/verify", async (HttpRequest request) =>
        {
            var state = (await JsonNode.ParseAsync(request.Body))!["state"]!.GetValue<string>();
            Send(Events.Event(EventTypes.Verification, new SubjectIdentifier.Opaque("stream-1"), $$"""{"state":"{{state}}"}"""));
            return Results.NoContent();
        });
        api.MapPost("/poll", PollAsync);
    }

    // SSF 1.0 section 8.1.1.3
    private IResult Change(JsonNode? wanted)
    {
        foreach (var (name, value) in wanted!.AsObject())
        {
            Stream[name] = value?.DeepClone();
        }

        return Results.Text(Stream.ToJsonString(), "application/json");
    }

    private async Task<IResult> PollAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        if (body.RootElement.TryGetProperty("ack", out var ack))
        {
            foreach (var id in ack.EnumerateArray().Select(each => each.GetString()!))
            {
                _waiting.TryRemove(id, out _);
                Acknowledged.Add(id);
            }
        }

        if (body.RootElement.TryGetProperty("setErrs", out var errors))
        {
            foreach (var error in errors.EnumerateObject())
            {
                _waiting.TryRemove(error.Name, out _);
                Reported[error.Name] = error.Value.GetProperty("err").GetString()!;
            }
        }

        // RFC 8936 section 2.4: it waits for an event
        var news = Volatile.Read(ref _news).Task;
        if (_waiting.IsEmpty)
        {
            await Task.WhenAny(news, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, request.HttpContext.RequestAborted));
        }

        return Results.Json(new { sets = _waiting.ToDictionary(), moreAvailable = false });
    }
}
