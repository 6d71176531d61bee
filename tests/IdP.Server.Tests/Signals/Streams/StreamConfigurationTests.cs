using System.Net;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>SSF 1.0 section 8.1.1.</summary>
public sealed class StreamConfigurationTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string Streams = "/ssf/streams";
    private const string Push = """{"method":"urn:ietf:rfc:8935","endpoint_url":"https://receiver.test/events"}""";

    [Fact]
    public async Task A_stream_without_delivery_is_polled_at_an_address_of_its_own()
    {
        using var receiver = new Receiver(server);

        var stream = await receiver.CreateAsync();
        var other = await receiver.CreateAsync();

        Assert.Equal(IdpServer.Issuer, stream.GetProperty("iss").GetString());
        Assert.Equal("receiver", stream.GetProperty("aud").GetString());
        Assert.Equal("urn:ietf:rfc:8936", stream.GetProperty("delivery").GetProperty("method").GetString());
        Assert.Equal($"{IdpServer.Issuer}/ssf/poll/{stream.Id()}", stream.GetProperty("delivery").GetProperty("endpoint_url").GetString());
        Assert.Equal(10, stream.GetProperty("min_verification_interval").GetInt32());
        Assert.False(stream.TryGetProperty("inactivity_timeout", out _));
        Assert.NotEqual(stream.Id(), other.Id());
    }

    [Fact]
    public async Task Events_that_are_delivered_are_those_that_are_requested_and_supported()
    {
        using var receiver = new Receiver(server);

        var stream = await receiver.CreateAsync(null, EventTypes.SessionRevoked, "urn:example:no-such-event", EventTypes.CredentialChange);

        Assert.Equal([EventTypes.SessionRevoked, EventTypes.CredentialChange], stream.Texts("events_delivered"));
        Assert.Equal([EventTypes.SessionRevoked, "urn:example:no-such-event", EventTypes.CredentialChange], stream.Texts("events_requested"));
        Assert.Equal(EventTypes.OfSubjects, stream.Texts("events_supported"));
    }

    [Fact]
    public async Task A_stream_is_read_alone_and_among_the_receivers_others_and_by_nobody_else()
    {
        using var receiver = new Receiver(server);
        using var other = new Receiver(server, "other-receiver");
        var id = (await receiver.CreateAsync()).Id();

        Assert.Equal(id, (await receiver.SendAsync(HttpMethod.Get, $"{Streams}?stream_id={id}", null, HttpStatusCode.OK)).Id());
        var list = await receiver.SendAsync(HttpMethod.Get, Streams, null, HttpStatusCode.OK);
        Assert.Contains(list.EnumerateArray(), stream => stream.Id() == id);
        Assert.Empty((await other.SendAsync(HttpMethod.Get, Streams, null, HttpStatusCode.OK)).EnumerateArray());
        await other.RefusesAsync(HttpMethod.Get, $"{Streams}?stream_id={id}", null, "not_found", HttpStatusCode.NotFound);
        await other.RefusesAsync(HttpMethod.Delete, $"{Streams}?stream_id={id}", null, "not_found", HttpStatusCode.NotFound);
        await other.RefusesAsync(HttpMethod.Patch, Streams, $$"""{"stream_id":"{{id}}"}""", "not_found", HttpStatusCode.NotFound);
        await other.RefusesAsync(HttpMethod.Put, Streams, $$"""{"stream_id":"{{id}}"}""", "not_found", HttpStatusCode.NotFound);
        await other.RefusesAsync(HttpMethod.Post, $"/ssf/poll/{id}", "{}", "not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_update_changes_what_it_mentions_and_a_replacement_takes_away_what_it_does_not()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync(new JsonObject { ["description"] = "Ours", ["format"] = "email" }, EventTypes.SessionRevoked)).Id();

        var updated = await receiver.SendAsync(HttpMethod.Patch, Streams,
            $$"""{"stream_id":"{{id}}","delivery":{{Push}},"events_requested":["{{EventTypes.AccountDisabled}}"]}""", HttpStatusCode.OK);
        var replaced = await receiver.SendAsync(HttpMethod.Put, Streams,
            $$"""{"stream_id":"{{id}}","events_requested":["{{EventTypes.RiskLevelChange}}"]}""", HttpStatusCode.OK);

        Assert.Equal("Ours", updated.GetProperty("description").GetString());
        Assert.Equal("email", updated.GetProperty("format").GetString());
        Assert.Equal(Push, updated.GetProperty("delivery").GetRawText());
        Assert.Equal([EventTypes.AccountDisabled], updated.Texts("events_delivered"));
        Assert.False(replaced.TryGetProperty("description", out _));
        Assert.Equal("iss_sub", replaced.GetProperty("format").GetString());
        Assert.Equal("urn:ietf:rfc:8936", replaced.GetProperty("delivery").GetProperty("method").GetString());
        Assert.Equal([EventTypes.RiskLevelChange], replaced.Texts("events_delivered"));
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_what_the_transmitter_supplies_cannot_be_changed()
    {
        using var receiver = new Receiver(server);
        var stream = await receiver.CreateAsync(new JsonObject { ["description"] = "Ours" });

        var same = await receiver.SendAsync(HttpMethod.Put, Streams, stream.GetRawText(), HttpStatusCode.OK);

        Assert.Equal(stream.GetRawText(), same.GetRawText());
        foreach (var (name, value) in new[]
        {
            ("iss", "\"https://another.test\""), ("aud", "\"another\""), ("aud", "[\"receiver\",\"another\"]"), ("events_delivered", "[]"),
            ("events_supported", "[]"), ("min_verification_interval", "1"), ("inactivity_timeout", "60"),
        })
        {
            await receiver.RefusesAsync(HttpMethod.Patch, Streams, $$"""{"stream_id":"{{stream.Id()}}","{{name}}":{{value}}}""", "invalid_request");
        }
    }

    [Fact]
    public async Task A_deleted_stream_is_gone()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        await receiver.ReceiveAsync(id);

        await receiver.SendAsync(HttpMethod.Delete, $"{Streams}?stream_id={id}", null, HttpStatusCode.NoContent);

        await receiver.RefusesAsync(HttpMethod.Get, $"{Streams}?stream_id={id}", null, "not_found", HttpStatusCode.NotFound);
        await receiver.RefusesAsync(HttpMethod.Delete, $"{Streams}?stream_id={id}", null, "not_found", HttpStatusCode.NotFound);
        await receiver.RefusesAsync(HttpMethod.Post, $"/ssf/poll/{id}", "{}", "not_found", HttpStatusCode.NotFound);
        var left = server.Redis.Connection.GetServer(server.Redis.ConnectionString).Keys(pattern: $"*{id}*").ToList();
        Assert.Empty(left);
    }

    [Theory]
    [InlineData(";{ broken")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"events_requested":"one"}""")]
    [InlineData("""{"events_requested":[1]}""")]
    [InlineData("""{"description":7}""")]
    [InlineData("""{"format":"opaque"}""")]
    [InlineData("""{"delivery":"poll"}""")]
    [InlineData("""{"delivery":{}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:0"}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935"}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"/events"}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"ftp://receiver.test/"}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://user@receiver.test/"}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://receiver.test/#x"}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://receiver.test/","authorization_header":7}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://receiver.test/","authorization_header":""}}""")]
    [InlineData("""{"delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://receiver.test/","authorization_header":"a\r\nX-Other: b"}}""")]
    [InlineData("""{"description":"one","description":"two"}""")]
    public async Task A_stream_that_cannot_be_understood_is_not_made(string body)
    {
        using var receiver = new Receiver(server);

        await receiver.RefusesAsync(HttpMethod.Post, Streams, body, "invalid_request");
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task A_change_that_cannot_be_understood_changes_nothing(string method)
    {
        using var receiver = new Receiver(server);
        var stream = await receiver.CreateAsync();

        await receiver.RefusesAsync(new HttpMethod(method), Streams, ";{ broken", "invalid_request");
        await receiver.RefusesAsync(new HttpMethod(method), Streams, "{}", "invalid_request");
        await receiver.RefusesAsync(new HttpMethod(method), Streams, """{"stream_id":"unknown"}""", "not_found", HttpStatusCode.NotFound);
        await receiver.RefusesAsync(new HttpMethod(method), Streams, $$"""{"stream_id":"{{stream.Id()}}","format":"none"}""", "invalid_request");
        await receiver.RefusesAsync(new HttpMethod(method), Streams,
            $$$"""{"stream_id":"{{{stream.Id()}}}","delivery":{"method":"urn:ietf:rfc:8936","endpoint_url":"https://elsewhere.test/"}}""", "invalid_request");

        Assert.Equal(stream.GetRawText(),
            (await receiver.SendAsync(HttpMethod.Get, $"{Streams}?stream_id={stream.Id()}", null, HttpStatusCode.OK)).GetRawText());
    }

    [Fact]
    public async Task The_header_for_the_receivers_endpoint_is_shown_to_nobody()
    {
        using var receiver = new Receiver(server);
        const string Header = "Bearer the-header-of-the-receivers-endpoint";
        var (id, _) = await receiver.CreatePushAsync("/sealed", authorization: Header);

        var shown = await receiver.SendAsync(HttpMethod.Get, $"{Streams}?stream_id={id}", null, HttpStatusCode.OK);
        var stored = (string?)await server.Redis.Connection.GetDatabase().HashGetAsync("idp:ssf:streams", id);

        Assert.False(shown.GetProperty("delivery").TryGetProperty("authorization_header", out _));
        Assert.DoesNotContain(Header, stored, StringComparison.Ordinal);
        Assert.Contains("Authorization", stored, StringComparison.Ordinal);
    }
}
