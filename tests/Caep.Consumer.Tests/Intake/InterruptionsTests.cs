using Confluent.Kafka;
using Platform.Caep.Intake;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake;

public sealed class InterruptionsTests
{
    private static readonly TopicPartition One = new("events", 1);
    private static readonly TopicPartition Two = new("events", 2);
    private readonly ManualClock _clock = new();
    private readonly Interruptions _interruptions;

    public InterruptionsTests() => _interruptions = new Interruptions(_clock);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void What_everything_needs_concerns_every_partition()
    {
        Assert.True(_interruptions.Begin(lane: 3, new Interruption("Redis", "away")));

        Assert.True(_interruptions.Concerns(One));
        Assert.True(_interruptions.Concerns(Two));
        Assert.Equal("Redis", _interruptions.Current?.Missing);
    }

    [Fact]
    public void What_one_partition_needs_concerns_that_one()
    {
        _interruptions.Begin(lane: 3, new Interruption("dead-letter topic", "away", One));

        Assert.True(_interruptions.Concerns(One));
        Assert.False(_interruptions.Concerns(Two));
    }

    [Fact]
    public void Lasts_until_the_last_lane_goes_on()
    {
        _interruptions.Begin(lane: 3, new Interruption("Redis", "away"));
        _interruptions.Begin(lane: 4, new Interruption("Redis", "away"));

        _interruptions.End(lane: 3);
        Assert.True(_interruptions.Concerns(One));

        _interruptions.End(lane: 4);
        Assert.False(_interruptions.Concerns(One));
        Assert.Null(_interruptions.Current);
    }

    [Fact]
    public void What_a_lane_waits_for_already_is_not_news()
    {
        Assert.True(_interruptions.Begin(lane: 3, new Interruption("Redis", "away")));
        Assert.False(_interruptions.Begin(lane: 3, new Interruption("Redis", "still away")));
        Assert.False(_interruptions.Begin(lane: 4, new Interruption("Redis", "away")));
        Assert.True(_interruptions.Begin(lane: 5, new Interruption("transmitter keys", "away")));
    }

    [Fact]
    public async Task Waits_as_long_as_it_is_told()
    {
        var waiting = _interruptions.WaitAsync(TimeSpan.FromSeconds(10), _interruptions.NextRecovery(), Cancelled);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    [Fact]
    public async Task Waits_no_longer_once_another_lane_got_through()
    {
        _interruptions.Begin(lane: 4, new Interruption("Redis", "away"));
        var waiting = _interruptions.WaitAsync(TimeSpan.FromSeconds(10), _interruptions.NextRecovery(), Cancelled);

        _interruptions.End(lane: 4);

        await waiting;
    }

    [Fact]
    public async Task Does_not_wait_when_another_lane_got_through_during_the_attempt()
    {
        var recovery = _interruptions.NextRecovery();
        _interruptions.Wake();

        await _interruptions.WaitAsync(TimeSpan.FromSeconds(10), recovery, Cancelled);
    }

    [Fact]
    public async Task Stops_waiting_when_the_service_stops()
    {
        using var stop = new CancellationTokenSource();
        var waiting = _interruptions.WaitAsync(TimeSpan.FromSeconds(10), _interruptions.NextRecovery(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
