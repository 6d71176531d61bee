using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals.Streams;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>SSF 1.0 sections 8.1.2 and 8.1.4.</summary>
public sealed class StreamStatusTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    [Theory]
    [InlineData("enabled")]
    [InlineData("paused")]
    [InlineData("disabled")]
    public async Task A_status_that_is_set_is_read_with_its_reason(string status)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        Assert.Equal($$"""{"stream_id":"{{id}}","status":"enabled"}""",
            (await receiver.SendAsync(HttpMethod.Get, $"/ssf/status?stream_id={id}", null, HttpStatusCode.OK)).GetRawText());
        var body = $$"""{"stream_id":"{{id}}","status":"{{status}}","reason":"For a test."}""";

        var set = await receiver.SendAsync(HttpMethod.Post, "/ssf/status", body, HttpStatusCode.OK);
        var read = await receiver.SendAsync(HttpMethod.Get, $"/ssf/status?stream_id={id}", null, HttpStatusCode.OK);

        Assert.Equal(body, set.GetRawText());
        Assert.Equal(body, read.GetRawText());
    }

    [Fact]
    public async Task A_paused_stream_holds_its_events_and_tells_them_in_their_order_when_it_goes_on()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await receiver.SetStatusAsync(id, "paused");
        await server.RaiseAsync(EventTypes.SessionRevoked);
        await server.RaiseAsync(EventTypes.AccountDisabled);
        await QueuedAsync(id, 2);

        Assert.Empty((await receiver.PollAsync(id)).GetProperty("sets").EnumerateObject());
        await receiver.SetStatusAsync(id, "enabled");

        var received = await receiver.ReceiveAsync(id, 2);
        Assert.Equal([EventTypes.SessionRevoked, EventTypes.AccountDisabled], received.Select(set => set.Claims.Event().Name));
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("disabled")]
    public async Task The_transmitter_pauses_none_that_the_receiver_has_taken_out_of_service(string status)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await receiver.SetStatusAsync(id, status);

        await server.Services.GetRequiredService<StreamStatuses>().DecideAsync(id, "paused", "No sign of life.");

        var read = await receiver.SendAsync(HttpMethod.Get, $"/ssf/status?stream_id={id}", null, HttpStatusCode.OK);
        Assert.Equal(status, read.GetProperty("status").GetString());
        Assert.NotEqual("No sign of life.", read.TextOf("reason"));
    }

    [Fact]
    public async Task A_disabled_stream_drops_its_events()
    {
        using var receiver = new Receiver(server);
        using var witness = new Receiver(server, "other-receiver");
        var id = (await receiver.CreateAsync()).Id();
        var other = (await witness.CreateAsync()).Id();
        await server.RaiseAsync(EventTypes.SessionRevoked);
        await receiver.ReceiveAsync(id);

        await receiver.SetStatusAsync(id, "disabled");
        await server.RaiseAsync(EventTypes.AccountDisabled);
        await witness.ReceiveAsync(other, 2);
        await receiver.SetStatusAsync(id, "enabled");
        await server.RaiseAsync(EventTypes.AccountEnabled);

        var received = await receiver.ReceiveAsync(id);
        Assert.Equal([EventTypes.AccountEnabled], received.Select(set => set.Claims.Event().Name));
        await witness.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={other}", null, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_status_that_is_none_is_refused()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", $$"""{"stream_id":"{{id}}","status":"tired"}""", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", $$"""{"stream_id":"{{id}}"}""", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", $$"""{"stream_id":"{{id}}","status":"paused","reason":7}""", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", """{"status":"paused"}""", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", "no JSON", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Get, "/ssf/status", null, "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Get, "/ssf/status?stream_id=unknown", null, "not_found", HttpStatusCode.NotFound);
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", """{"stream_id":"unknown","status":"paused"}""", "not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Verification_brings_the_state_back_and_names_the_stream()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}","state":"the state"}""", HttpStatusCode.NoContent);

        var (jti, claims) = Assert.Single(await receiver.ReceiveAsync(id));
        Assert.Equal(jti, claims.GetProperty("jti").GetString());
        Assert.Equal("receiver", claims.GetProperty("aud").GetString());
        Assert.Equal(EventTypes.Verification, claims.Event().Name);
        Assert.Equal("""{"state":"the state"}""", claims.Event().Value.GetRawText());
        Assert.Equal($$"""{"format":"opaque","id":"{{id}}"}""", claims.GetProperty("sub_id").GetRawText());
    }

    [Fact]
    public async Task Verification_is_not_asked_for_more_often_than_its_interval()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        var body = $$"""{"stream_id":"{{id}}"}""";
        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", body, HttpStatusCode.NoContent);

        using var refused = await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", body);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);

        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", body, HttpStatusCode.NoContent);
        Assert.All(await receiver.ReceiveAsync(id, 2), set => Assert.Equal("{}", set.Claims.Event().Value.GetRawText()));
    }

    [Fact]
    public async Task Verification_that_cannot_be_is_refused()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/verification", "no JSON", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/verification", "{}", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}","state":7}""", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/verification", """{"stream_id":"unknown"}""", "not_found", HttpStatusCode.NotFound);
        await receiver.SetStatusAsync(id, "disabled");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}"}""", "invalid_request");
    }

    private async Task QueuedAsync(string id, long count) => await Testing.Eventually.BecomesTrueAsync(
        async () => await server.Redis.Connection.GetDatabase().ListLengthAsync($"idp:events:stream:{id}") == count,
        TestContext.Current.CancellationToken);
}
