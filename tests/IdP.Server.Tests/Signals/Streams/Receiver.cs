using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>Plays a receiver: manages its streams and polls them.</summary>
internal sealed class Receiver(StreamsServer server, string clientId = "receiver") : IDisposable
{
    private readonly Portal _portal = new(server);
    private string? _token;

    public string ClientId => clientId;

    public Portal Portal => _portal;

    public async Task<string> TokenAsync(string? scope = null)
    {
        using var response = await _portal.PostAsync("/token",
            Portal.Change(new() { ["grant_type"] = "client_credentials" }, ("scope", scope ?? "ssf.read ssf.manage")),
            clientId, StreamsServer.ReceiverSecret);
        return (await App.OkAsync(response)).AccessToken();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string? token = "")
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", token.Length > 0 ? token : _token ??= await TokenAsync());
        }

        return await _portal.Backchannel.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends what must be answered with this status; the answer.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode status)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode} {text}");
        return text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default;
    }

    public async Task RefusesAsync(HttpMethod method, string path, string? body, string error, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var response = await SendAsync(method, path, body);
        await App.RefusesAsync(response, error, status);
    }

    /// <summary>A new stream; the members are those of its configuration beside the events.</summary>
    public Task<JsonElement> CreateAsync(JsonObject? members = null, params string[] events)
    {
        members ??= [];
        members["events_requested"] ??= new JsonArray([.. (events.Length > 0 ? events : Tokens.SecurityEvents.EventTypes.OfSubjects)
            .Select(type => JsonValue.Create(type))]);
        return SendAsync(HttpMethod.Post, "/ssf/streams", members.ToJsonString(), HttpStatusCode.Created);
    }

    /// <summary>A new stream that is pushed to its own path of the receivers' host.</summary>
    public async Task<(string Id, PushedSets.Endpoint Endpoint)> CreatePushAsync(string path, JsonObject? members = null, string? authorization = null)
    {
        members ??= [];
        members["delivery"] = new JsonObject { ["method"] = "urn:ietf:rfc:8935", ["endpoint_url"] = server.Origin + path };
        if (authorization is not null)
        {
            server.Secrets.Add(authorization);
            members["delivery"]!["authorization_header"] = authorization;
        }

        return ((await CreateAsync(members)).Id(), server.Pushed.At(path));
    }

    public Task<JsonElement> PollAsync(string streamId, string body = """{"returnImmediately":true}""") =>
        SendAsync(HttpMethod.Post, $"/ssf/poll/{streamId}", body, HttpStatusCode.OK);

    /// <summary>Polls until there is something, without taking it.</summary>
    public async Task<IReadOnlyList<(string Jti, JsonElement Claims)>> ReceiveAsync(string streamId, int count = 1)
    {
        IReadOnlyList<(string, JsonElement)> received = [];
        await Testing.Eventually.BecomesTrueAsync(async () =>
        {
            received = [.. (await PollAsync(streamId)).GetProperty("sets").EnumerateObject()
                .Select(set => (set.Name, server.Verify(set.Value.GetString()!)))];
            return received.Count >= count;
        }, TestContext.Current.CancellationToken);
        return received;
    }

    public Task SetStatusAsync(string streamId, string status) => SendAsync(
        HttpMethod.Post, "/ssf/status", $$"""{"stream_id":"{{streamId}}","status":"{{status}}"}""", HttpStatusCode.OK);

    public void Dispose() => _portal.Dispose();
}

internal static class StreamAnswers
{
    public static string Id(this JsonElement stream) => stream.GetProperty("stream_id").GetString()!;

    public static string[] Texts(this JsonElement stream, string name) =>
        [.. stream.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The claims of a SET, which is as the framework wants it (X1 to X4).</summary>
    public static JsonElement Verify(this StreamsServer server, string set)
    {
        var check = Jws.Verify(set, server.Services.GetRequiredService<SigningKeys>().Published,
            new JwsRules(["secevent+jwt"], [JwsAlgorithm.RS256]));
        var claims = Assert.IsType<JwsCheck.Valid>(check).Payload;
        Assert.Equal(IdpServer.Issuer, claims.GetProperty("iss").GetString());
        Assert.False(claims.TryGetProperty("sub", out _));
        Assert.False(claims.TryGetProperty("exp", out _));
        Assert.True(claims.TryGetProperty("sub_id", out _));
        Assert.True(claims.TryGetProperty("iat", out _));
        Assert.NotEmpty(claims.GetProperty("txn").GetString()!);
        Assert.Single(claims.GetProperty("events").EnumerateObject());
        return claims;
    }

    public static string EventType(this JsonElement claims) => claims.GetProperty("events").EnumerateObject().Single().Name;

    public static JsonElement Event(this JsonElement claims) => claims.GetProperty("events").EnumerateObject().Single().Value;
}
