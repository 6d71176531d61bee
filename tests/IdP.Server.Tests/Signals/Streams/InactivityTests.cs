using System.Net;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What is a sign of life of a stream's receiver (SSF 1.0 section 8.1.1).</summary>
public sealed class InactivityTests(InactivityTests.Server server) : IClassFixture<InactivityTests.Server>
{
    public sealed class Server : StreamsServer
    {
        public Server() => Settings["Signals:InactivityTimeout"] = "02:00:00";
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_read_all_streams_is_one()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        server.Clock.Advance(TimeSpan.FromMinutes(90));

        using var later = new Receiver(server);
        await later.SendAsync(HttpMethod.Get, "/ssf/streams", null, HttpStatusCode.OK);

        Assert.Equal(server.Clock.GetUtcNow(), (await server.AdministeredAsync(id)).GetProperty("last_seen").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_stream_that_an_administrator_enables_again_has_its_whole_time()
    {
        using var receiver = new Receiver(server, "other-receiver");
        var id = (await receiver.CreateAsync()).Id();
        server.Clock.Advance(TimeSpan.FromHours(2));
        await BecomesAsync(id, "paused");

        await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"enabled","reason":"It is awake again."}""");
        server.Clock.Advance(TimeSpan.FromMinutes(100));

        // Upkeep has looked at it when a younger one is paused: that of a receiver which was silent for longer.
        using var silent = new Receiver(server, "pairwise-receiver");
        var other = (await silent.CreateAsync()).Id();
        await server.Redis.Connection.GetDatabase().HashSetAsync($"idp:ssf:stream:{other}:record", "seen", 1);
        await BecomesAsync(other, "paused");
        Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
    }

    private Task BecomesAsync(string id, string status) => Testing.Eventually.BecomesTrueAsync(async () =>
    {
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        return (await server.AdministeredAsync(id)).GetProperty("status").GetString() == status;
    }, Cancelled);
}
