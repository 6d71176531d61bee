using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>The bounds of streams, which hold without anybody's call.</summary>
public sealed class StreamUpkeepTests(StreamUpkeepTests.Server server) : IClassFixture<StreamUpkeepTests.Server>
{
    private const string Leaving = """

          - client_id: leaving-receiver
            token_endpoint_auth_method: client_secret_basic
            client_secret: the-receivers-have-a-secret-too
            grant_types: [client_credentials]
            scopes: [ssf.read, ssf.manage]

        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public sealed class Server : StreamsServer, IAsyncLifetime
    {
        public Server()
        {
            Settings["Signals:QueueLength"] = "100";
            Settings["Signals:QueueAge"] = "01:00:00";
            Settings["Signals:InactivityTimeout"] = "02:00:00";
        }

        internal override string MoreClients => base.MoreClients + Leaving;
    }

    [Fact]
    public async Task The_oldest_events_go_when_too_many_wait_and_the_loss_is_counted()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await receiver.SetStatusAsync(id, "paused");
        await server.RaiseAsync(EventTypes.AccountPurged);
        for (var count = 0; count < 100; count++)
        {
            await server.RaiseAsync(EventTypes.AccountDisabled);
        }

        await BecomesAsync(id, "queue_length", 101);
        await AdvanceUntilAsync(id, "dropped", 1);
        await receiver.SetStatusAsync(id, "enabled");

        var answer = await receiver.PollAsync(id);
        var types = answer.GetProperty("sets").EnumerateObject().Select(set => server.Verify(set.Value.GetString()!).Event().Name).ToList();
        Assert.Equal(100, types.Count);
        Assert.DoesNotContain(EventTypes.AccountPurged, types);
        Assert.False(answer.GetProperty("moreAvailable").GetBoolean());
    }

    [Fact]
    public async Task An_event_that_nobody_takes_goes_when_it_is_too_old()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        await receiver.ReceiveAsync(id);
        server.Clock.Advance(TimeSpan.FromMinutes(59));
        await server.RaiseAsync(EventTypes.AccountDisabled);
        await BecomesAsync(id, "queue_length", 2);

        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await AdvanceUntilAsync(id, "dropped", 1);

        using var later = new Receiver(server);
        Assert.Equal(EventTypes.AccountDisabled, Assert.Single(await later.ReceiveAsync(id)).Claims.Event().Name);
    }

    [Fact]
    public async Task A_stream_whose_receiver_gives_no_sign_of_life_is_paused_and_told_so()
    {
        using var receiver = new Receiver(server);
        var stream = await receiver.CreateAsync();
        Assert.Equal(7200, stream.GetProperty("inactivity_timeout").GetInt32());

        server.Clock.Advance(TimeSpan.FromHours(2));
        await AdvanceUntilAsync(stream.Id(), "status", "paused");
        await server.RaiseAsync();
        await BecomesAsync(stream.Id(), "queue_length", 1);

        // The news of the pause comes through it; the events wait.
        using var awake = new Receiver(server);
        var (_, claims) = Assert.Single(await awake.ReceiveAsync(stream.Id()));
        Assert.Equal(EventTypes.StreamUpdated, claims.Event().Name);
        Assert.Equal("paused", claims.Event().Value.GetProperty("status").GetString());
        Assert.NotEmpty(claims.Event().Value.GetProperty("reason").GetString()!);
        Assert.Equal($$"""{"format":"opaque","id":"{{stream.Id()}}"}""", claims.GetProperty("sub_id").GetRawText());
    }

    [Fact]
    public async Task A_receiver_that_calls_keeps_its_stream()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        for (var hour = 0; hour < 3; hour++)
        {
            server.Clock.Advance(TimeSpan.FromHours(1));
            using var awake = new Receiver(server);
            await awake.PollAsync(id);
        }

        server.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_streams_of_a_client_that_is_registered_no_longer_go()
    {
        using var receiver = new Receiver(server, "leaving-receiver");
        var id = (await receiver.CreateAsync()).Id();
        Assert.True(await ExistsAsync(id));

        var file = Path.Combine(server.Settings["Idp:ConfigFolder"], "clients.yaml");
        var clients = await File.ReadAllTextAsync(file, Cancelled);
        await File.WriteAllTextAsync(file, clients.Replace(Leaving, "", StringComparison.Ordinal), Cancelled);

        // Another replica may still know the client: what is for it is held at first.
        var known = server.Services.GetRequiredService<ClientRegistry>();
        await Testing.Eventually.BecomesTrueAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            return known.Find("leaving-receiver") is null;
        }, Cancelled);
        await server.RaiseAsync(EventTypes.AccountDisabled);
        await BecomesAsync(id, "queue_length", 1);

        await Testing.Eventually.BecomesTrueAsync(async () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(20));
            return !await ExistsAsync(id);
        }, Cancelled);
    }

    private async Task<bool> ExistsAsync(string id) =>
        (await server.AdministerAsync("/admin/streams")).EnumerateArray().Any(stream => stream.Id() == id);

    private Task BecomesAsync(string id, string name, int value) => Testing.Eventually.BecomesTrueAsync(
        async () => (await server.AdministeredAsync(id)).GetProperty(name).GetInt32() == value, Cancelled);

    private Task AdvanceUntilAsync(string id, string name, object value) => Testing.Eventually.BecomesTrueAsync(async () =>
    {
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        return (await server.AdministeredAsync(id)).GetProperty(name).ToString() == value.ToString();
    }, Cancelled);
}
