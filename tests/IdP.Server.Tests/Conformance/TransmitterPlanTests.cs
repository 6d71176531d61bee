using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.IdP.Tests.Signals.Streams;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Conformance;

/// <summary>
/// The modules of the OpenID Foundation's plans openid-ssf-transmitter and openid-ssf-transmitter-caep in their order, with
/// the requests that the suite sends.
/// </summary>
public sealed class TransmitterPlanTests(TransmitterPlanTests.Server server) : IClassFixture<TransmitterPlanTests.Server>
{
    private static readonly string[] Requested = [EventTypes.SessionRevoked, EventTypes.CredentialChange, EventTypes.DeviceComplianceChange];

    /// <summary>As it is shipped: one stream for each receiver.</summary>
    public sealed class Server : StreamsServer, IAsyncLifetime
    {
        public Server() => Settings.Remove("Signals:StreamsPerReceiver");
    }

    [Theory]
    [InlineData("urn:ietf:rfc:8935")]
    [InlineData("urn:ietf:rfc:8936")]
    public async Task Stream_control_happy_path(string method)
    {
        using var suite = await CleanAsync();
        var body = Body(method, "/control");
        var stream = await suite.SendAsync(HttpMethod.Post, "/ssf/streams", body.ToJsonString(), HttpStatusCode.Created);
        var id = stream.Id();
        Assert.All(new[] { "stream_id", "iss", "aud", "events_delivered", "delivery" }, name => Assert.True(stream.TryGetProperty(name, out _)));
        Assert.Equal(method, stream.GetProperty("delivery").GetProperty("method").GetString());

        Assert.Equal(stream.GetRawText(), (await suite.SendAsync(HttpMethod.Get, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.OK)).GetRawText());
        body["stream_id"] = id;
        body["description"] = "Updated Stream for Receiver OIDF Conformance Test-Suite";
        Assert.Equal((string?)body["description"],
            (await suite.SendAsync(HttpMethod.Patch, "/ssf/streams", body.ToJsonString(), HttpStatusCode.OK)).GetProperty("description").GetString());
        body["description"] = "Replaced Stream for Receiver OIDF Conformance Test-Suite";
        Assert.Equal(IdpServer.Issuer,
            (await suite.SendAsync(HttpMethod.Put, "/ssf/streams", body.ToJsonString(), HttpStatusCode.OK)).GetProperty("iss").GetString());
        await suite.SendAsync(HttpMethod.Get, $"/ssf/status?stream_id={id}", null, HttpStatusCode.OK);
        foreach (var status in new[] { "enabled", "paused", "disabled" })
        {
            await suite.SetStatusAsync(id, status);
        }

        await suite.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Stream_control_errors()
    {
        using var suite = await CleanAsync();
        const string Broken = ";{ broken";
        await suite.RefusesAsync(HttpMethod.Post, "/ssf/streams", Broken, "invalid_request");
        var id = (await suite.CreateAsync()).Id();
        await suite.RefusesAsync(HttpMethod.Post, "/ssf/streams", Body("urn:ietf:rfc:8936", "/").ToJsonString(), "conflict", HttpStatusCode.Conflict);
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Put })
        {
            await suite.RefusesAsync(method, "/ssf/streams", Broken, "invalid_request");
            await suite.RefusesAsync(method, "/ssf/streams", """{"stream_id":"unknown_stream_id"}""", "not_found", HttpStatusCode.NotFound);
        }

        await suite.RefusesAsync(HttpMethod.Get, "/ssf/streams?stream_id=unknown_stream_id", null, "not_found", HttpStatusCode.NotFound);
        await suite.RefusesAsync(HttpMethod.Delete, "/ssf/streams?stream_id=unknown_stream_id", null, "not_found", HttpStatusCode.NotFound);
        await suite.RefusesAsync(HttpMethod.Get, "/ssf/status?stream_id=unknown_stream_id", null, "not_found", HttpStatusCode.NotFound);
        foreach (var method in new[] { "GET", "POST", "PATCH", "PUT", "DELETE" })
        {
            using var response = await suite.SendAsync(new HttpMethod(method), $"/ssf/streams?stream_id={id}", method is "GET" ? null : "{}", "invalid");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task Subject_control_happy_path()
    {
        using var suite = await CleanAsync();
        var id = (await suite.CreateAsync()).Id();
        var body = $$$"""{"stream_id":"{{{id}}}","subject":{"format":"email","email":"example.user@example.com"}}""";

        await suite.SendAsync(HttpMethod.Post, "/ssf/subjects/add", body, HttpStatusCode.OK);
        await suite.SendAsync(HttpMethod.Post, "/ssf/subjects/remove", body, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Verification_by_poll_and_acknowledgement()
    {
        using var suite = await CleanAsync();
        var id = (await suite.CreateAsync()).Id();
        await VerifyAsync(suite, id, "one");
        var first = Assert.Single((await suite.PollAsync(id, """{"maxEvents":10,"returnImmediately":true}""")).GetProperty("sets").EnumerateObject());
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await VerifyAsync(suite, id, "two");

        var both = await suite.PollAsync(id, $$"""{"maxEvents":10,"returnImmediately":true,"ack":["{{first.Name}}"]}""");
        var second = Assert.Single(both.GetProperty("sets").EnumerateObject());
        var none = await suite.PollAsync(id, $$"""{"maxEvents":0,"returnImmediately":true,"ack":["{{second.Name}}"]}""");

        Assert.Equal("one", State(first.Value));
        Assert.Equal("two", State(second.Value));
        Assert.Empty(none.GetProperty("sets").EnumerateObject());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer the-header-that-the-suite-asks-for")]
    public async Task Verification_by_push_with_and_without_a_header(string? header)
    {
        using var suite = await CleanAsync();
        var (id, endpoint) = await suite.CreatePushAsync($"/suite-{header is null}", authorization: header);

        await VerifyAsync(suite, id, "the state");

        var pushed = await endpoint.NextAsync();
        Assert.Equal(header ?? "", pushed.Authorization);
        Assert.Equal("the state", server.Verify(pushed.Token).Event().GetProperty("state").GetString());
    }

    [Fact]
    public async Task Caep_interop_events_raised_by_an_administrator()
    {
        using var suite = await CleanAsync();
        var id = (await suite.CreateAsync(null, Requested)).Id();
        await VerifyAsync(suite, id, "the state");

        await RaiseAsync(suite, "session-revoked", "{}");
        await RaiseAsync(suite, "credential-change", """{"credential_type":"password","change_type":"update"}""");
        await RaiseAsync(suite, "device-compliance-change", """{"previous_status":"compliant","current_status":"not-compliant"}""");

        var received = await suite.ReceiveAsync(id, 4);
        Assert.Equal([EventTypes.Verification, .. Requested], received.Select(set => set.Claims.EventType()));
        Assert.All(received.Skip(1), set =>
        {
            Assert.Equal("""{"format":"email","email":"ada@example.com"}""", set.Claims.GetProperty("sub_id").GetRawText());
            Assert.Equal(JsonValueKind.Number, set.Claims.Event().GetProperty("event_timestamp").ValueKind);
        });
    }

    // The suite deletes what an earlier run left.
    private async Task<Receiver> CleanAsync()
    {
        var suite = new Receiver(server);
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        foreach (var stream in (await suite.SendAsync(HttpMethod.Get, "/ssf/streams", null, HttpStatusCode.OK)).EnumerateArray())
        {
            await suite.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={stream.Id()}", null, HttpStatusCode.NoContent);
        }

        return suite;
    }

    private JsonObject Body(string method, string path)
    {
        var delivery = new JsonObject { ["method"] = method };
        if (method == "urn:ietf:rfc:8935")
        {
            delivery["endpoint_url"] = server.Origin + path;
        }

        return new JsonObject { ["delivery"] = delivery, ["events_requested"] = new JsonArray([.. Requested.Select(type => JsonValue.Create(type))]) };
    }

    private static async Task VerifyAsync(Receiver suite, string id, string state) => await suite.SendAsync(
        HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}","state":"{{state}}"}""", HttpStatusCode.NoContent);

    private string? State(JsonElement set) => server.Verify(set.GetString()!).Event().GetProperty("state").GetString();

    private static async Task RaiseAsync(Receiver suite, string type, string members)
    {
        using var issued = await suite.Portal.PostAsync("/token",
            new() { ["grant_type"] = "client_credentials", ["scope"] = "signals.raise" }, "admin-cli", IdpServer.AdminSecret);
        using var response = await suite.SendAsync(HttpMethod.Post, "/admin/events",
            $$$"""{"type":"{{{type}}}","subject":{"format":"email","email":"ada@example.com"},"event":{{{members}}} }""",
            (await App.OkAsync(issued)).AccessToken());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
