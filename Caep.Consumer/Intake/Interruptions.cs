using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>
/// Which lanes wait for something that is away. As long as there is one the intake pauses, so that nothing piles up,
/// and keeps polling, so that the group keeps this member.
/// </summary>
internal sealed class Interruptions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, Interruption> _byLane = new();
    private TaskCompletionSource _woken = NewSignal();

    /// <summary>The first of them, none when all is well.</summary>
    public Interruption? Current => _byLane.IsEmpty ? null : _byLane.Values.FirstOrDefault();

    /// <param name="partition">What has to stop; null: everything.</param>
    public bool Concerns(TopicPartition partition) =>
        !_byLane.IsEmpty && _byLane.Values.Any(each => each.Partition is null || each.Partition == partition);

    /// <summary>Whether it is news: no lane was waiting for that before.</summary>
    public bool Begin(int lane, Interruption interruption)
    {
        var known = _byLane.Values.Any(each => (each.Missing, each.Partition) == (interruption.Missing, interruption.Partition));
        _byLane[lane] = interruption;
        return !known;
    }

    /// <summary>The lane goes on. The others find out at once whether they can.</summary>
    public void End(int lane)
    {
        if (_byLane.TryRemove(lane, out _))
        {
            Wake();
        }
    }

    /// <summary>Whoever waits tries again now.</summary>
    public void Wake() => Interlocked.Exchange(ref _woken, NewSignal()).TrySetResult();

    /// <summary>Completes when somebody got through. To be asked before an attempt, so that none is missed.</summary>
    public Task NextRecovery() => Volatile.Read(ref _woken).Task;

    /// <summary>Waits, but no longer than until <paramref name="recovery"/>.</summary>
    public async Task WaitAsync(TimeSpan delay, Task recovery, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(recovery, Task.Delay(delay, clock, both.Token));
        await both.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What is missed, and why that is thought.</summary>
internal sealed record Interruption(string Missing, string Reason, TopicPartition? Partition = null)
{
    /// <summary>No other event misses it.</summary>
    public bool OfOneTransmitter { get; init; }
}
