using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals.Streams;

public sealed class StreamAdministrationTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    [Theory]
    [InlineData("/admin/streams")]
    [InlineData("/admin/streams/any/dead-letters")]
    public async Task No_list_without_a_token_that_allows_it(string path)
    {
        using var receiver = new Receiver(server);

        using var without = await receiver.SendAsync(HttpMethod.Get, path, token: null);
        using var receivers = await receiver.SendAsync(HttpMethod.Get, path);
        using var administrators = await receiver.SendAsync(HttpMethod.Get, path, token: await receiver.Portal.GetAdminTokenAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, receivers.StatusCode);
        Assert.Contains("scope=\"streams.read\"", receivers.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, administrators.StatusCode);
    }

    [Fact]
    public async Task An_administrator_sees_each_stream_and_how_it_fares()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        var (jti, _) = Assert.Single(await receiver.ReceiveAsync(id));

        var waiting = await server.AdministeredAsync(id);
        await receiver.PollAsync(id, $$"""{"ack":["{{jti}}"],"returnImmediately":true}""");
        var taken = await server.AdministeredAsync(id);

        Assert.Equal("receiver", waiting.GetProperty("client_id").GetString());
        Assert.Equal("enabled", waiting.GetProperty("status").GetString());
        Assert.Equal(1, waiting.GetProperty("queue_length").GetInt32());
        Assert.Equal(server.Clock.GetUtcNow(), waiting.GetProperty("oldest_event").GetDateTimeOffset());
        Assert.False(waiting.TryGetProperty("last_success", out _));
        Assert.Equal(0, taken.GetProperty("queue_length").GetInt32());
        Assert.Equal(1, taken.GetProperty("delivered").GetInt32());
        Assert.Equal(server.Clock.GetUtcNow(), taken.GetProperty("last_success").GetDateTimeOffset());
        Assert.Equal(server.Clock.GetUtcNow(), taken.GetProperty("last_seen").GetDateTimeOffset());
    }

    [Fact]
    public async Task There_are_no_dead_letters_of_a_stream_that_is_not_there()
    {
        using var portal = new Portal(server);
        using var issued = await portal.PostAsync("/token",
            new() { ["grant_type"] = "client_credentials", ["scope"] = "streams.read" }, "admin-cli", IdpServer.AdminSecret);

        using var response = await portal.GetWithTokenAsync("/admin/streams/unknown/dead-letters", (await App.OkAsync(issued)).AccessToken());

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
