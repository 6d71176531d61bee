using System.Net;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What an administrator does to the status of a stream.</summary>
public sealed class StreamInterventionTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    [Theory]
    [InlineData("status", """{"status":"paused","reason":"For a test."}""")]
    [InlineData("dead-letters", """{"all":true}""")]
    public async Task Nothing_is_done_without_a_token_that_allows_it(string part, string body)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        var path = $"/admin/streams/{id}/{part}";

        using var without = await receiver.SendAsync(HttpMethod.Post, path, body, token: null);
        using var receivers = await receiver.SendAsync(HttpMethod.Post, path, body);
        using var readers = await receiver.SendAsync(HttpMethod.Post, path, body, await receiver.Portal.GetAdminTokenAsync("streams.read"));

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, receivers.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, readers.StatusCode);
        Assert.Contains("scope=\"streams.write\"", readers.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_receiver_is_told_of_the_pause_and_gets_its_events_when_it_is_over()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        var answer = await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"paused","reason":"Too many dead letters."}""");
        await server.RaiseAsync();

        Assert.Equal($$"""{"stream_id":"{{id}}","status":"paused","reason":"Too many dead letters."}""", answer.GetRawText());
        var (jti, claims) = Assert.Single(await receiver.ReceiveAsync(id));
        Assert.Equal(EventTypes.StreamUpdated, claims.Event().Name);
        Assert.Equal("""{"status":"paused","reason":"Too many dead letters."}""", claims.Event().Value.GetRawText());
        await receiver.PollAsync(id, $$"""{"ack":["{{jti}}"],"returnImmediately":true}""");

        await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"enabled","reason":"They are mended."}""");

        var received = await receiver.ReceiveAsync(id, 2);
        Assert.Equal([EventTypes.StreamUpdated, EventTypes.SessionRevoked], received.Select(set => set.Claims.Event().Name));
    }

    [Fact]
    public async Task A_receiver_does_not_put_back_what_an_administrator_took_out_of_service()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"disabled","reason":"It leaks."}""");
        await server.RaiseAsync();

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", $$"""{"stream_id":"{{id}}","status":"enabled"}""", "access_denied", HttpStatusCode.Forbidden);
        Assert.Equal("disabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());

        await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"enabled","reason":"It leaks no more."}""");
        Assert.All(await receiver.ReceiveAsync(id, 2), set => Assert.Equal(EventTypes.StreamUpdated, set.Claims.Event().Name));
        await receiver.SetStatusAsync(id, "paused");
    }

    [Theory]
    [InlineData("status", "no JSON", "The body must be a JSON object with unique members.")]
    [InlineData("status", "[]", "The body must be a JSON object with unique members.")]
    [InlineData("status", """{"status":"paused","status":"enabled","reason":"x"}""", "The body must be a JSON object with unique members.")]
    [InlineData("status", """{"status":"tired","reason":"x"}""", "status must be one of enabled, paused, disabled.")]
    [InlineData("status", """{"reason":"x"}""", "status must be one of enabled, paused, disabled.")]
    [InlineData("status", """{"status":"paused"}""", "reason is missing: the receiver is told why.")]
    [InlineData("status", """{"status":"paused","reason":""}""", "reason is missing: the receiver is told why.")]
    [InlineData("status", """{"status":"paused","reason":7}""", "reason must be a text of at most 500 characters.")]
    [InlineData("status", """{"status":"paused","raeson":"x"}""", "The body has another member than status and reason.")]
    [InlineData("dead-letters", "", "The body must be a JSON object with unique members.")]
    [InlineData("dead-letters", "{}", "Give either \"all\": true, or jti, an array of the ids of dead letters.")]
    [InlineData("dead-letters", """{"all":false}""", "Give either \"all\": true, or jti, an array of the ids of dead letters.")]
    [InlineData("dead-letters", """{"all":true,"jti":["x"]}""", "Give either \"all\": true, or jti, an array of the ids of dead letters.")]
    [InlineData("dead-letters", """{"jti":[]}""", "Give either \"all\": true, or jti, an array of the ids of dead letters.")]
    [InlineData("dead-letters", """{"jti":["x",7]}""", "Give either \"all\": true, or jti, an array of the ids of dead letters.")]
    [InlineData("dead-letters", """{"jti":["x"]}""", "One of jti is no dead letter of this stream: nothing was sent.")]
    [InlineData("dead-letters", """{"every":true}""", "The body has another member than all and jti.")]
    public async Task What_cannot_be_done_is_refused_with_the_reason(string part, string body, string reason)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        var refusal = await server.OrderAsync($"/admin/streams/{id}/{part}", body, HttpStatusCode.BadRequest);

        Assert.Equal(reason, refusal.GetProperty("detail").GetString());
        Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("status", """{"status":"paused","reason":"x"}""")]
    [InlineData("dead-letters", """{"all":true}""")]
    public async Task A_body_of_another_type_than_JSON_is_refused(string part, string body)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/streams/{id}/{part}") { Content = new StringContent(body) };
        request.Headers.Authorization = new("Bearer", await receiver.Portal.GetAdminTokenAsync("streams.write"));

        using var response = await receiver.Portal.Backchannel.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("status", """{"status":"paused","reason":"x"}""")]
    [InlineData("dead-letters", """{"all":true}""")]
    public async Task Nothing_is_done_to_a_stream_that_is_not_there(string part, string body) =>
        await server.OrderAsync($"/admin/streams/unknown/{part}", body, HttpStatusCode.NotFound);
}
