using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;

namespace Platform.Caep.Intake;

/// <summary>
/// Where events wait for the keys of a transmitter beside the issuer: apart from the lanes, so that nothing else waits with
/// them, and in no order, since effects only move forward. One whose keys do not come in time becomes a dead letter.
/// </summary>
internal sealed class KeyWaits(DeliveryAttempt attempt, IOptions<SignalsOptions> options, TimeProvider clock)
{
    /// <summary>How many wait at the most.</summary>
    public const int Room = 1_000;

    private readonly ConcurrentDictionary<Delivery, Task> _waiting = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails when an event can wait no longer for a fault of our own; it would hold its partition's offset forever.</summary>
    public Task Broken => _broken.Task;

    /// <summary>False when there is no room.</summary>
    public bool TryAdd(Delivery delivery, CancellationToken cancellationToken)
    {
        if (_waiting.Count >= Room)
        {
            return false;
        }

        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[delivery] = KeepAsync(delivery, begin.Task, cancellationToken);
        begin.SetResult();
        return true;
    }

    /// <summary>Completes when nobody waits any more. To be asked when nobody is added any more.</summary>
    public Task WhenEmpty() => Task.WhenAll(_waiting.Values);

    private async Task KeepAsync(Delivery delivery, Task begin, CancellationToken cancellationToken)
    {
        await begin;
        try
        {
            await WaitAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was not completed and comes again.
        }
        catch (Exception bug)
        {
            _broken.TrySetException(bug);
        }

        _waiting.TryRemove(delivery, out _);
    }

    private async Task WaitAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var span = attempt.Begin(delivery);
        var (backOff, door) = (new BackOff(), Door.KafkaAside);
        while (!delivery.Progress.IsGivenUp && await attempt.MakeAsync(delivery, door, span, cancellationToken) is { } interruption)
        {
            var (delay, left) = (backOff.Next(), delivery.ReceivedAt + options.Value.LongestWaitForKeys - clock.GetUtcNow());
            if (interruption.OfOneTransmitter && left <= TimeSpan.Zero)
            {
                door = Door.KafkaAtLast(interruption.Reason);
                continue;
            }

            await Task.Delay(left > TimeSpan.Zero && left < delay ? left : delay, clock, cancellationToken);
        }
    }
}
