using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Platform.Caep.Tests.Fixtures;
using Platform.Sessions;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake;

/// <summary>What the service needs goes away and comes back.</summary>
public sealed class KafkaIntakeOutageTests : IAsyncLifetime
{
    private readonly RedisServer _redis = new();
    private readonly Transmitter _transmitter = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SessionsOf Sessions => new(_redis.Connection, _transmitter.Issuer);

    public ValueTask InitializeAsync() => _transmitter.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _transmitter.DisposeAsync();
    }

    [Fact]
    public async Task Kafka6_redis_away_pauses_everything_and_everything_is_applied_when_it_is_back()
    {
        using var kafka = new KafkaServer();
        await using var service = await StartAsync(kafka.Address);
        await service.IsReadyAsync();
        string[] users = [.. Enumerable.Range(0, 30).Select(number => $"user-{number}")];

        _redis.Stop();
        await Task.WhenAll(users.Select(user => RevokeAsync(kafka, user)));
        await service.IsUnhealthyAsync(because: "Redis");
        Assert.Equal(0, kafka.Committed("caep"));

        _redis.Start();

        await service.IsReadyAsync();
        await Eventually.BecomesTrueAsync(() => kafka.Committed("caep") == 30, Cancelled);
        await _redis.AnswersAsync(Cancelled);
        Assert.All(users, user => Assert.True(IsRevoked(user)));
        Assert.False(service.Logs.Contain("went back to offset"));
    }

    [Fact]
    public async Task Kafka6_partitions_that_come_while_Redis_is_away_wait_too()
    {
        using var kafka = new KafkaServer();
        await using var one = await StartAsync(kafka.Address);
        await one.IsReadyAsync();
        _redis.Stop();
        await RevokeAsync(kafka, "ada");
        await one.IsUnhealthyAsync(because: "Redis");

        await using (var other = await StartAsync(kafka.Address))
        {
            await Task.WhenAll(Enumerable.Range(0, 30).Select(number => RevokeAsync(kafka, $"user-{number}")));
            await other.IsUnhealthyAsync(because: "Redis");
            await one.IsUnhealthyAsync(because: "Redis");
        }

        Assert.Equal(0, kafka.Committed("caep"));
        _redis.Start();

        await Eventually.BecomesTrueAsync(() => kafka.Committed("caep") == 31, Cancelled);
        await one.IsReadyAsync();
    }

    [Fact]
    public async Task Keys_away_pause_everything_and_nothing_becomes_a_dead_letter()
    {
        using var kafka = new KafkaServer();
        _transmitter.IsAway = true;
        await using var service = await StartAsync(kafka.Address);

        await RevokeAsync(kafka, "ada");
        await service.IsUnhealthyAsync(because: "transmitter keys");
        Assert.Equal(0, kafka.Committed("caep"));
        _transmitter.IsAway = false;

        await service.IsReadyAsync();
        await Eventually.BecomesTrueAsync(() => kafka.Committed("caep") == 1, Cancelled);
        Assert.True(IsRevoked("ada"));
        Assert.False(service.Logs.Contain("dead"));
    }

    [Fact]
    public async Task Keys_of_another_transmitter_away_leave_the_service_ready_and_the_issuers_events_go_on()
    {
        using var kafka = new KafkaServer();
        await using var acme = new Transmitter { IsAway = true };
        await acme.InitializeAsync();
        await using var service = await ConsumerService.StartAsync(
            kafka.Address, _redis.ConnectionString, _transmitter.Issuer, builder =>
            {
                builder.Configuration["Transmitters:acme:Issuer"] = acme.Issuer;
                builder.Configuration["Transmitters:acme:Audience"] = Transmitter.Audience;
                builder.Configuration["Signals:LongestWaitForKeys"] = "00:00:01";
            });
        var set = acme.Sign(acme.SessionRevoked(acme.User("ada")));

        await kafka.PublishAsync("ada", set);
        await RevokeAsync(kafka, "ada");

        await Eventually.BecomesTrueAsync(() => IsRevoked("ada"), Cancelled);
        await service.IsReadyAsync();
        var letter = Assert.Single(await kafka.DeadLettersAsync(1));
        Assert.Equal(Encoding.UTF8.GetBytes(set), letter.Value);
        Assert.Equal("keys_unavailable", Encoding.UTF8.GetString(letter.Headers.GetLastBytes("error")));
        await Eventually.BecomesTrueAsync(() => kafka.Committed("caep") == 2, Cancelled);
    }

    [Fact]
    public async Task Full_lanes_pause_the_intake_and_nothing_is_lost()
    {
        using var kafka = new KafkaServer();
        await using var service = await ConsumerService.StartAsync(
            kafka.Address, _redis.ConnectionString, _transmitter.Issuer, builder =>
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Kafka:Lanes"] = "2",
                ["Kafka:LaneCapacity"] = "20",
            }));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => RevokeAsync(kafka, $"user-{number}")));

        await Eventually.BecomesTrueAsync(() => kafka.Committed("caep") == 500, Cancelled);
        Assert.All(Enumerable.Range(0, 500), number => Assert.True(IsRevoked($"user-{number}")));
        Assert.DoesNotContain(service.Logs.Lines, line => line.Contains("repeated: True", StringComparison.Ordinal));
        Assert.False(service.Logs.Contain("went back to offset"));
    }

    [Fact]
    public async Task Kafka_away_is_said_in_the_words_that_operators_know_and_the_service_stays_up()
    {
        var port = FreePort();
        await using var service = await StartAsync($"localhost:{port}");

        await service.IsUnhealthyAsync(because: $"Unable to bootstrap from ('localhost', {port})");

        await Eventually.BecomesTrueAsync(() => service.Logs.Contain($"Unable to bootstrap from ('localhost', {port})"), Cancelled);
        Assert.True(service.Logs.Contain("KAFKA_BOOTSTRAP_SERVERS"));
        using var http = new HttpClient { BaseAddress = service.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/alive", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/health", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Goes_on_by_itself_when_Kafka_appears()
    {
        using var kafka = new KafkaServer();
        await RevokeAsync(kafka, "ada");
        using var address = new LateAddress(kafka.Address);
        await using var service = await StartAsync(address.Address);
        await service.IsUnhealthyAsync(because: "Kafka has not answered yet");

        address.Open();

        await service.IsReadyAsync();
        await Eventually.BecomesTrueAsync(() => kafka.Committed("caep") == 1, Cancelled);
        Assert.True(IsRevoked("ada"));
    }

    [Fact]
    public async Task Goes_on_by_itself_when_Kafka_is_back_at_another_address_behind_the_same_bootstrap_server()
    {
        using var before = new KafkaServer();
        using var address = new LateAddress(before.Address);
        address.Open();
        await using var service = await StartAsync(address.Address);
        await service.IsReadyAsync();

        before.Dispose();
        using var after = new KafkaServer();
        address.LeadTo(after.Address);
        await RevokeAsync(after, "ada");

        await Eventually.BecomesTrueAsync(() => after.Committed("caep") == 1, Cancelled);
        Assert.True(IsRevoked("ada"));
        await service.IsReadyAsync();
    }

    private Task<ConsumerService> StartAsync(string kafka) =>
        ConsumerService.StartAsync(kafka, _redis.ConnectionString, _transmitter.Issuer);

    private Task RevokeAsync(KafkaServer kafka, string user) =>
        kafka.PublishAsync(user, _transmitter.Sign(_transmitter.SessionRevoked(_transmitter.User(user))));

    private bool IsRevoked(string user) =>
        Sessions.TrySignInAsync(user).GetAwaiter().GetResult() is SessionCreation.Revoked;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
