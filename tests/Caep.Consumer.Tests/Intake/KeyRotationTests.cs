using System.Text;
using Confluent.Kafka;
using Platform.Caep.Intake;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Intake;

/// <summary>A fixture of its own, since its keys change.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly WrittenLetters _letters = new();
    private readonly PartitionProgress _progress = new(new TopicPartition("caep.events", 2));
    private readonly PipelineFixture _fixture;
    private readonly Interruptions _interruptions;
    private DeliveryHandler _handler = null!;
    private long _next = 1;

    public KeyRotationTests()
    {
        _fixture = new PipelineFixture { Clock = _clock };
        _interruptions = new Interruptions(_clock);
    }

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _handler = _fixture.Handler(_letters, _interruptions, _clock);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Kafka7_an_event_of_a_new_key_waits_for_the_key_and_is_no_dead_letter()
    {
        var transmitter = _fixture.Transmitter;
        await HandleAsync(transmitter.Sign(Event()));
        await HandleAsync(transmitter.Forge(Event()));
        Assert.Single(_letters.Written);
        transmitter.Rotate();

        var handling = HandleAsync(transmitter.Sign(Event()));
        await Eventually.BecomesTrueAsync(
            () => _interruptions.Current?.Missing == "transmitter keys", TestContext.Current.CancellationToken);
        Assert.Equal(3, _progress.Reached()?.Offset.Value);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return handling.IsCompleted;
            },
            TestContext.Current.CancellationToken);
        await handling;

        Assert.Single(_letters.Written);
        Assert.Null(_interruptions.Current);
        Assert.Equal(4, _progress.Reached()?.Offset.Value);
    }

    private SecurityEventToken Event() =>
        _fixture.Transmitter.SessionRevoked(_fixture.Transmitter.User("ada"));

    private Task HandleAsync(string set)
    {
        var offset = _next++;
        _progress.TryBegin(offset);
        var message = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(set) };
        return _handler.HandleAsync(
            lane: 0,
            new Delivery(_progress, offset, message, _clock.GetUtcNow()),
            TestContext.Current.CancellationToken);
    }
}
