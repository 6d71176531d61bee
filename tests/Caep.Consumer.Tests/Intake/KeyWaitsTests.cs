using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake;

/// <summary>The keys of a transmitter beside the issuer are away: its events wait for them, and nothing else does.</summary>
public sealed class KeyWaitsTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly WrittenLetters _letters = new();
    private readonly PartitionProgress _progress = new(new TopicPartition("caep.events", 2));
    private readonly Transmitter _acme = new();
    private readonly PipelineFixture _fixture;
    private readonly Interruptions _interruptions;
    private KeyWaits _waits = null!;
    private DeliveryHandler _handler = null!;
    private long _next = 1;

    public KeyWaitsTests()
    {
        _fixture = new PipelineFixture { Clock = _clock };
        _interruptions = new Interruptions(_clock);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await _acme.InitializeAsync();
        _fixture.Foreign["acme"] = new() { Issuer = _acme.Issuer, Audience = Transmitter.Audience };
        var attempt = _fixture.Attempt(_letters);
        _waits = new KeyWaits(attempt, Options.Create(new SignalsOptions()), _clock);
        _handler = new(attempt, _waits, _interruptions, NullLogger<DeliveryHandler>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _acme.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Kafka6_keys_of_another_transmitter_hold_up_neither_their_lane_nor_their_partition()
    {
        _acme.IsAway = true;
        var session = await _fixture.Sessions.SignInAsync("ada");

        await HandleAsync(EventOf(_acme));
        await HandleAsync(EventOf(_fixture.Transmitter));

        Assert.True(await _fixture.Sessions.IsDeadAsync(session));
        Assert.Null(_interruptions.Current);
        Assert.Null(_progress.Reached()); // the first is still under way
        Assert.Empty(_letters.Written);
    }

    [Fact]
    public async Task Kafka7_an_event_whose_keys_do_not_come_within_a_minute_is_a_dead_letter_with_its_bytes()
    {
        _acme.IsAway = true;
        var set = EventOf(_acme);
        var came = _clock.GetUtcNow();
        await HandleAsync(set);

        await PassUntilAsync(() => _progress.Reached() is { Offset.Value: 2 });

        Assert.Equal((set, "keys_unavailable"), Assert.Single(_letters.Written));
        Assert.True(_clock.GetUtcNow() - came >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_event_is_applied_when_its_keys_are_back_in_time()
    {
        _acme.IsAway = true;
        var session = await new SessionsOf(_fixture.Redis.Connection, _acme.Issuer).SignInAsync("ada");
        await HandleAsync(EventOf(_acme));

        _acme.IsAway = false;
        await PassUntilAsync(() => _progress.Reached() is { Offset.Value: 2 });

        Assert.True(await _fixture.Sessions.IsDeadAsync(session));
        Assert.Empty(_letters.Written);
    }

    [Fact]
    public async Task Keys_that_never_come_hold_up_nobody_either()
    {
        _acme.IsSilent = true;

        await HandleAsync(EventOf(_acme));
        await HandleAsync(EventOf(_acme));

        Assert.Null(_interruptions.Current);
        Assert.False(_progress.WhenIdle().IsCompleted);
    }

    [Fact]
    public async Task Who_finds_too_many_waiting_does_not_wait()
    {
        _acme.IsAway = true;
        var set = EventOf(_acme);
        foreach (var _ in Enumerable.Range(0, KeyWaits.Room))
        {
            await HandleAsync(set);
        }

        Assert.Empty(_letters.Written);
        await HandleAsync(set);

        Assert.Equal((set, "keys_unavailable"), Assert.Single(_letters.Written));
        Assert.Null(_interruptions.Current);
    }

    [Fact]
    public async Task A_partition_that_is_given_up_leaves_what_waits_to_its_next_owner()
    {
        _acme.IsAway = true;
        await HandleAsync(EventOf(_acme));

        _progress.GiveUp();
        await PassUntilAsync(() => _waits.WhenEmpty().IsCompleted);

        Assert.Empty(_letters.Written);
        Assert.Null(_progress.Reached());
    }

    /// <summary>Lets time pass until it is so: which timer is set when is its own affair.</summary>
    private Task PassUntilAsync(Func<bool> isSo) => Eventually.BecomesTrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return isSo();
        },
        Cancelled);

    private static string EventOf(Transmitter transmitter) => transmitter.Sign(transmitter.SessionRevoked(transmitter.User("ada")));

    // Of one key, and so in one lane.
    private async Task HandleAsync(string set)
    {
        var offset = _next++;
        _progress.TryBegin(offset);
        var message = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(set) };
        await _handler.HandleAsync(lane: 0, new Delivery(_progress, offset, message, _clock.GetUtcNow()), Cancelled)
            .WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Cancelled);
    }
}
