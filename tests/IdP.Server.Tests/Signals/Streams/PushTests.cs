using System.Net;
using Microsoft.AspNetCore.Http;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>RFC 8935.</summary>
public sealed class PushTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string Header = "Bearer what-the-receiver-wants-to-see";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task X9_An_event_is_pushed_with_the_header_that_the_receiver_wants()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/x9", authorization: Header);
        await server.RaiseAsync();

        var pushed = await endpoint.NextAsync();

        Assert.Equal("POST", pushed.Method);
        Assert.Equal("application/secevent+jwt", pushed.ContentType);
        Assert.Equal("application/json", pushed.Accept);
        Assert.Equal(Header, pushed.Authorization);
        var claims = server.Verify(pushed.Token);
        Assert.Equal(EventTypes.SessionRevoked, claims.EventType());
        Assert.Equal("receiver", claims.GetProperty("aud").GetString());
        await EmptyAsync(id);
        var stream = await server.AdministeredAsync(id);
        Assert.Equal(1, stream.GetProperty("delivered").GetInt32());
        Assert.Equal(new Uri(server.Origin).Authority, stream.GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task Without_a_header_of_the_receivers_there_is_none_and_a_header_goes_when_it_is_taken_away()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/headers", authorization: Header);
        var address = server.Origin + "/headers";

        // What is read has no header, so that sending it back keeps the one there is.
        await ConfigureAsync(receiver, id, $$"""{"method":"urn:ietf:rfc:8935","endpoint_url":"{{address}}"}""");
        await server.RaiseAsync();
        Assert.Equal(Header, (await endpoint.NextAsync()).Authorization);

        await ConfigureAsync(receiver, id, $$"""{"method":"urn:ietf:rfc:8935","endpoint_url":"{{address}}","authorization_header":null}""");
        await server.RaiseAsync();
        Assert.Equal("", (await endpoint.NextAsync()).Authorization);

        await ConfigureAsync(receiver, id, $$"""{"method":"urn:ietf:rfc:8935","endpoint_url":"{{address}}","authorization_header":"{{Header}}"}""");
        await ConfigureAsync(receiver, id, $$"""{"method":"urn:ietf:rfc:8935","endpoint_url":"{{address}}/elsewhere"}""");
        await server.RaiseAsync();
        Assert.Equal("", (await server.Pushed.At("/headers/elsewhere").NextAsync()).Authorization);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task A_receiver_that_is_not_ready_gets_the_same_SET_later_and_the_next_after_it(int status)
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync($"/status-{status}");
        endpoint.Answer = (status, null);
        await server.RaiseAsync(EventTypes.SessionRevoked);
        await server.RaiseAsync(EventTypes.AccountDisabled);

        var first = await endpoint.NextAsync();
        await Testing.Eventually.BecomesTrueAsync(
            async () => (await server.AdministeredAsync(id)).GetProperty("failures").GetInt32() == 1, Cancelled);
        var stream = await server.AdministeredAsync(id);
        endpoint.Answer = (StatusCodes.Status202Accepted, null);
        var again = await server.AdvanceUntilAsync(endpoint.NextAsync());
        var second = await endpoint.NextAsync();

        Assert.Equal(Jti(first), Jti(again));
        Assert.Equal(EventTypes.AccountDisabled, server.Verify(second.Token).EventType());
        Assert.Equal(2, stream.GetProperty("queue_length").GetInt32());
        Assert.NotEmpty(stream.GetProperty("last_error").GetString()!);
        await EmptyAsync(id);
        Assert.Equal(0, (await server.AdministeredAsync(id)).GetProperty("failures").GetInt32());
        Assert.Equal(0, (await server.AdministeredAsync(id)).GetProperty("dead_letters").GetInt32());
    }

    [Theory]
    [InlineData("invalid_request")]
    [InlineData("invalid_issuer")]
    [InlineData("invalid_audience")]
    [InlineData("invalid_state")]
    [InlineData("a_word_of_its_own")]
    public async Task A_SET_that_is_refused_is_put_away_and_the_next_follows(string err)
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync($"/refused-{err}");
        endpoint.Answer = (StatusCodes.Status400BadRequest, $$"""{"err":"{{err}}","description":"It does not fit."}""");
        await server.RaiseAsync();
        var refused = await endpoint.NextAsync();
        await EmptyAsync(id);
        endpoint.Answer = (StatusCodes.Status202Accepted, null);
        await server.RaiseAsync();
        await endpoint.NextAsync();

        var letter = Assert.Single((await server.AdministerAsync($"/admin/streams/{id}/dead-letters")).EnumerateArray());
        Assert.Equal(err, letter.GetProperty("err").GetString());
        Assert.Equal("It does not fit.", letter.GetProperty("description").GetString());
        Assert.Equal(Jti(refused), letter.GetProperty("jti").GetString());
        Assert.Contains(StreamsServer.Ada, letter.GetProperty("event").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{err} It does not fit.", (await server.AdministeredAsync(id)).GetProperty("last_error").GetString());
    }

    [Theory]
    [InlineData("""{"err":"invalid_key"}""")]
    [InlineData("a page of a proxy")]
    public async Task A_refusal_that_may_pass_is_final_only_after_several(string body)
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync($"/passing-{body.Length}");
        endpoint.Answer = (StatusCodes.Status400BadRequest, body);
        await server.RaiseAsync();

        var jtis = new List<string> { Jti(await endpoint.NextAsync()) };
        while (jtis.Count < 5)
        {
            jtis.Add(Jti(await server.AdvanceUntilAsync(endpoint.NextAsync())));
        }

        await EmptyAsync(id);
        Assert.Single(jtis.Distinct());
        Assert.Single((await server.AdministerAsync($"/admin/streams/{id}/dead-letters")).EnumerateArray());
    }

    [Theory]
    [InlineData("authentication_failed")]
    [InlineData("access_denied")]
    public async Task A_receiver_that_does_not_let_the_transmitter_in_loses_nothing(string err)
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync($"/locked-{err}");
        endpoint.Answer = (StatusCodes.Status400BadRequest, $$"""{"err":"{{err}}"}""");
        await server.RaiseAsync();
        for (var attempt = 0; attempt < 7; attempt++)
        {
            await server.AdvanceUntilAsync(endpoint.NextAsync());
        }

        // A new endpoint, or header, is tried at once.
        await ConfigureAsync(receiver, id, $$"""{"method":"urn:ietf:rfc:8935","endpoint_url":"{{server.Origin}}/open-{{err}}"}""");
        await server.Pushed.At($"/open-{err}").NextAsync();
        await EmptyAsync(id);
        Assert.Empty((await server.AdministerAsync($"/admin/streams/{id}/dead-letters")).EnumerateArray());
    }

    [Fact]
    public async Task A_receiver_that_is_away_holds_up_no_other()
    {
        using var receiver = new Receiver(server);
        var (_, away) = await receiver.CreatePushAsync("/away");
        var (_, there) = await receiver.CreatePushAsync("/there");
        away.Answer = (StatusCodes.Status503ServiceUnavailable, null);
        await server.RaiseAsync();
        await away.NextAsync();

        await server.RaiseAsync(EventTypes.AccountDisabled);
        await there.NextAsync();

        Assert.Equal(EventTypes.AccountDisabled, server.Verify((await there.NextAsync()).Token).EventType());
    }

    [Fact]
    public async Task A_paused_stream_is_pushed_again_when_it_goes_on()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/paused");
        await receiver.SetStatusAsync(id, "paused");
        await server.RaiseAsync();
        await Testing.Eventually.BecomesTrueAsync(
            async () => (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32() == 1, Cancelled);
        Assert.False(endpoint.Requests.Reader.TryPeek(out _));

        await receiver.SetStatusAsync(id, "enabled");

        await endpoint.NextAsync();
        await EmptyAsync(id);
    }

    [Fact]
    public async Task An_address_of_this_network_is_called_in_Development_only()
    {
        await using var production = new StreamsServer { Settings = { ["environment"] = "Production" } };
        await production.InitializeAsync();
        using var receiver = new Receiver(production);
        var (id, endpoint) = await receiver.CreatePushAsync("/guarded");

        await production.RaiseAsync();

        await Testing.Eventually.BecomesTrueAsync(
            async () => (await production.AdministeredAsync(id)).GetProperty("failures").GetInt32() == 1, Cancelled);
        Assert.Contains("no public address", (await production.AdministeredAsync(id)).GetProperty("last_error").GetString(), StringComparison.Ordinal);
        Assert.False(endpoint.Requests.Reader.TryPeek(out _));
        await receiver.RefusesAsync(HttpMethod.Patch, "/ssf/streams",
            $$$"""{"stream_id":"{{{id}}}","delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"http://127.0.0.1/"}}""", "invalid_request");
    }

    private static Task ConfigureAsync(Receiver receiver, string id, string delivery) => receiver.SendAsync(
        HttpMethod.Patch, "/ssf/streams", $$"""{"stream_id":"{{id}}","delivery":{{delivery}}}""", HttpStatusCode.OK);

    private string Jti(PushedSet pushed) => server.Verify(pushed.Token).GetProperty("jti").GetString()!;

    private Task EmptyAsync(string id) => Testing.Eventually.BecomesTrueAsync(
        async () => (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32() == 0, Cancelled);
}
