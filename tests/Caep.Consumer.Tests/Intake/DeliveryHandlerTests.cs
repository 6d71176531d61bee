using System.Text;
using Confluent.Kafka;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Policy;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake;

public sealed class DeliveryHandlerTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private const int Lane = 3;
    private static readonly TopicPartition Partition = new("caep.events", 2);

    private readonly ManualClock _clock = new();
    private readonly WrittenLetters _letters = new();
    private readonly Scripted _action = new();
    private readonly PartitionProgress _progress = new(Partition);
    private Interruptions _interruptions = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Completes_what_was_applied()
    {
        await Handle(Good());

        Assert.Equal(43, _progress.Reached()?.Offset.Value);
        Assert.Empty(_letters.Written);
    }

    [Fact]
    public async Task Kafka7_completes_poison_only_when_it_is_safe_among_the_dead_letters()
    {
        var safe = new TaskCompletionSource();
        _letters.Answer = () => safe.Task;

        var handling = Handle("poison");
        Assert.Null(_progress.Reached());

        safe.SetResult();
        await handling;
        Assert.Equal(43, _progress.Reached()?.Offset.Value);
        Assert.Equal(("poison", "invalid_request"), Assert.Single(_letters.Written));
    }

    [Fact]
    public async Task Kafka7_a_dead_letter_that_cannot_be_written_stops_its_partition_and_is_tried_again()
    {
        _letters.Answer = () => throw new KafkaException(ErrorCode.Local_MsgTimedOut);

        var handling = Handle("poison");
        await Eventually.BecomesTrueAsync(() => _interruptions.Concerns(Partition), Cancelled);
        Assert.False(_interruptions.Concerns(new TopicPartition("caep.events", 5)));
        Assert.Null(_progress.Reached());

        _letters.Answer = () => Task.CompletedTask;
        await DoneAsync(handling);
        Assert.Null(_interruptions.Current);
        Assert.Equal(43, _progress.Reached()?.Offset.Value);
    }

    [Fact]
    public async Task What_is_postponed_stops_everything_and_is_tried_again_until_it_works()
    {
        _action.Answers.Enqueue(new EventOutcome.Postponed("Redis", "away"));
        _action.Answers.Enqueue(new EventOutcome.Postponed("Redis", "away"));
        _action.Answers.Enqueue(new EventOutcome.Applied(EventEffect.EndSession, 1, Repeated: false));

        var handling = Handle(Good());
        await DoneAsync(handling);

        Assert.Equal(3, _action.Attempts);
        Assert.Empty(_letters.Written);
        Assert.Null(_interruptions.Current);
        Assert.Equal(43, _progress.Reached()?.Offset.Value);
    }

    [Fact]
    public async Task Leaves_a_partition_that_was_given_up_to_its_next_owner()
    {
        _progress.GiveUp();

        await Handle("poison");

        Assert.Null(_progress.Reached());
        Assert.Empty(_letters.Written);
    }

    [Fact]
    public async Task Gives_up_waiting_when_the_service_stops()
    {
        _letters.Answer = () => throw new KafkaException(ErrorCode.Local_MsgTimedOut);
        using var stop = new CancellationTokenSource();
        var handling = Handle("poison", stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);
        Assert.Null(_progress.Reached());
    }

    /// <summary>Lets time pass until it is done: which timer is set when is its own affair.</summary>
    private async Task DoneAsync(Task handling)
    {
        await Eventually.BecomesTrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return handling.IsCompleted;
            },
            Cancelled);
        await handling;
    }

    private string Good() => fixture.Transmitter.Sign(fixture.Transmitter.SessionRevoked(fixture.Transmitter.User("ada")));

    private Task Handle(string value, CancellationToken? stop = null)
    {
        _interruptions = new Interruptions(_clock);
        var handler = fixture.Handler(_letters, _interruptions, _clock, _action);
        _progress.TryBegin(42);
        var message = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(value) };
        return handler.HandleAsync(Lane, new Delivery(_progress, 42, message, TimeProvider.System.GetUtcNow()), stop ?? Cancelled);
    }

    private sealed class Scripted : IEventEffects
    {
        public Queue<EventOutcome> Answers { get; } = new();

        public int Attempts { get; private set; }

        public Task<EventOutcome> ApplyAsync(EventCheck.Accepted accepted, CancellationToken cancellationToken)
        {
            Attempts++;
            return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : new EventOutcome.Applied(EventEffect.EndSession, 1, Repeated: false));
        }
    }
}
