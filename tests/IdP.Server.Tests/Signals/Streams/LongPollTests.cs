using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What changes while a poll waits (RFC 8936 section 2.2).</summary>
public sealed class LongPollTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    [Fact]
    public async Task The_event_is_told_in_the_format_that_the_stream_has_by_then()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        var poll = await WaitAsync(receiver, id);

        await ConfigureAsync(receiver, $$"""{"stream_id":"{{id}}","format":"email"}""");
        await server.RaiseAsync();

        using var answer = await poll;
        var set = Assert.Single((await Portal.Json(answer)).GetProperty("sets").EnumerateObject());
        Assert.Equal("""{"format":"email","email":"ada@example.com"}""", server.Verify(set.Value.GetString()!).GetProperty("sub_id").GetRawText());
    }

    [Fact]
    public async Task A_stream_that_is_pushed_by_then_answers_no_poll()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        var poll = await WaitAsync(receiver, id);

        await ConfigureAsync(receiver,
            $$$"""{"stream_id":"{{{id}}}","delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"{{{server.Origin}}}/by-then"}}""");

        using var answer = await poll;
        await App.RefusesAsync(answer, "invalid_request");
        await server.RaiseAsync();
        await server.Pushed.At("/by-then").NextAsync();
    }

    [Fact]
    public async Task A_stream_that_is_gone_by_then_is_not_found()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        var poll = await WaitAsync(receiver, id);

        await receiver.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.NoContent);

        using var answer = await poll;
        await App.RefusesAsync(answer, "not_found", HttpStatusCode.NotFound);
    }

    // The call has arrived when it is seen.
    private async Task<Task<HttpResponseMessage>> WaitAsync(Receiver receiver, string id)
    {
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var poll = receiver.SendAsync(HttpMethod.Post, $"/ssf/poll/{id}", "{}");
        await Testing.Eventually.BecomesTrueAsync(
            async () => (await server.AdministeredAsync(id)).GetProperty("last_seen").GetDateTimeOffset() == server.Clock.GetUtcNow(),
            TestContext.Current.CancellationToken);
        return poll;
    }

    private static Task<JsonElement> ConfigureAsync(Receiver receiver, string body) =>
        receiver.SendAsync(HttpMethod.Patch, "/ssf/streams", body, HttpStatusCode.OK);
}
