using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Platform.Caep.Tests.Fixtures;
using Platform.ServiceDefaults.Kafka;
using Platform.Sessions;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Intake;

/// <summary>The service with a real broker, a real Redis and real signatures.</summary>
public sealed class KafkaIntakeTests : IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();
    private readonly RedisServer _redis = new();
    private readonly Transmitter _transmitter = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SessionsOf Sessions => new(_redis.Connection, _transmitter.Issuer);

    public ValueTask InitializeAsync() => _transmitter.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _kafka.Dispose();
        _redis.Dispose();
        await _transmitter.DisposeAsync();
    }

    [Fact]
    public async Task Applies_events_and_commits_them()
    {
        await using var service = await StartAsync();
        await service.IsReadyAsync();
        var sessions = await SignInAsync(40);

        await RevokeAsync(sessions.Keys);

        await AllDeadAsync(sessions.Values);
        await Eventually.BecomesTrueAsync(() => _kafka.Committed("caep") == 40, Cancelled);
    }

    [Fact]
    public async Task Kafka11_Threat24_is_not_ready_while_events_come_late()
    {
        await using var service = await StartAsync();
        await service.IsReadyAsync();
        var late = Revoked("ada") with { IssuedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(10) };

        await _kafka.PublishAsync("ada", _transmitter.Sign(late));
        await service.IsUnhealthyAsync("Signals:LongestEventAge");

        await _kafka.PublishAsync("ada", _transmitter.Sign(Revoked("ada")));
        await service.IsReadyAsync();
    }

    [Fact]
    public async Task Threat24_says_again_and_again_that_events_are_applied()
    {
        var applied = new EventsApplied(_redis.Connection);
        await using (await StartAsync())
        {
            DateTimeOffset? first = null;
            await Eventually.BecomesTrueAsync(
                async () => await applied.LastAsync(Cancelled) is { } said && said > (first ??= said), Cancelled);
        }

        var last = await applied.LastAsync(Cancelled);
        Assert.InRange(last!.Value, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Kafka7_poison_goes_to_the_dead_letters_as_it_came_and_holds_up_nobody()
    {
        await using var service = await StartAsync();
        var (user, session) = (await SignInAsync(1)).Single();
        byte[] bytes = [0x00, 0xFF, 0xC3, 0x28];

        var sent = await _kafka.SendAsync(user, bytes, new Headers { { "traceparent", "kept"u8.ToArray() } });
        await _kafka.PublishAsync(user, _transmitter.Forge(Revoked(user)));
        await _kafka.SendAsync(user, value: null);
        await RevokeAsync([user]);

        await AllDeadAsync([session]);
        var letters = await _kafka.DeadLettersAsync(3);
        var letter = letters.Single(each => each.Value?.SequenceEqual(bytes) is true);
        Assert.Equal(user, Encoding.UTF8.GetString(letter.Key!));
        Assert.Equal("kept", Header(letter, "traceparent"));
        Assert.Equal("caep.events", Header(letter, "topic"));
        Assert.Equal($"{sent.Partition.Value}", Header(letter, "partition"));
        Assert.Equal($"{sent.Offset.Value}", Header(letter, "offset"));
        Assert.Equal("invalid_request", Header(letter, "error"));
        Assert.NotEmpty(Header(letter, "reason"));
        Assert.Contains(letters, each => Header(each, "error") == "invalid_key");
        await Eventually.BecomesTrueAsync(() => _kafka.Committed("caep") == 4, Cancelled);
    }

    [Fact]
    public async Task Kafka2_a_consumer_that_comes_back_goes_on_where_it_stopped()
    {
        var first = await SignInAsync(20);
        await using (await StartAsync())
        {
            await RevokeAsync(first.Keys);
            await AllDeadAsync(first.Values);
        }

        Assert.Equal(20, _kafka.Committed("caep"));
        var second = await SignInAsync(20);
        await RevokeAsync(second.Keys);
        Assert.All(await Task.WhenAll(second.Values.Select(Sessions.IsAliveAsync)), Assert.True);

        await using var again = await StartAsync();

        await AllDeadAsync(second.Values);
        Assert.DoesNotContain(again.Logs.Lines, line => line.Contains("repeated: True", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kafka8_two_consumers_share_the_partitions_and_nothing_is_lost_when_one_leaves()
    {
        await using var one = await StartAsync();
        await one.IsReadyAsync();
        var other = await StartAsync();
        await Eventually.BecomesTrueAsync(async () =>
            (await one.HealthAsync()).Description == "3 partitions" &&
            (await other.HealthAsync()).Description == "3 partitions", Cancelled);

        var sessions = await SignInAsync(60);
        var revoking = RevokeAsync(sessions.Keys);
        await other.DisposeAsync();
        await revoking;

        await AllDeadAsync(sessions.Values);
        await Eventually.BecomesTrueAsync(() => _kafka.Committed("caep") == 60, Cancelled);
    }

    [Fact]
    public async Task An_event_continues_the_trace_that_it_came_with()
    {
        var spans = new TaskCompletionSource<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Platform.Caep",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        var traceId = ActivityTraceId.CreateRandom();
        listener.ActivityStopped = span => _ = span.TraceId == traceId && spans.TrySetResult(span);
        ActivitySource.AddActivityListener(listener);
        await using var service = await StartAsync();

        using var publish = new Activity("publish").SetParentId(traceId, ActivitySpanId.CreateRandom()).Start();
        var headers = new Headers();
        KafkaTraceContext.Inject(publish, headers);
        await _kafka.SendAsync("ada", Encoding.UTF8.GetBytes(_transmitter.Sign(Revoked("ada"))), headers);

        var span = await spans.Task.WaitAsync(Cancelled);
        Assert.Equal(publish.SpanId, span.ParentSpanId);
        Assert.Equal(ActivityKind.Consumer, span.Kind);
        Assert.Equal("process caep.events", span.DisplayName);
        Assert.Equal("kafka", span.GetTagItem("messaging.system"));
        Assert.Equal("applied", span.GetTagItem("caep.outcome"));
    }

    private Task<ConsumerService> StartAsync() =>
        ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _transmitter.Issuer);

    private SecurityEventToken Revoked(string user) => _transmitter.SessionRevoked(_transmitter.User(user));

    private async Task<Dictionary<string, string>> SignInAsync(int count)
    {
        var sessions = new Dictionary<string, string>();
        for (var number = 0; number < count; number++)
        {
            var user = Guid.NewGuid().ToString("N");
            sessions[user] = await Sessions.SignInAsync(user);
        }

        return sessions;
    }

    private Task RevokeAsync(IEnumerable<string> users) =>
        Task.WhenAll(users.Select(user => _kafka.PublishAsync(user, _transmitter.Sign(Revoked(user)))));

    private Task AllDeadAsync(IEnumerable<string> sessions) => Eventually.BecomesTrueAsync(
        async () => (await Task.WhenAll(sessions.Select(Sessions.IsDeadAsync))).All(dead => dead), Cancelled);

    private static string Header(Message<byte[]?, byte[]?> message, string name) =>
        Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));
}
