using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Looks after all streams that are pushed, each on its own, so that a receiver that is slow holds up no other.</summary>
internal sealed partial class PushDelivery(
    StreamStore streams, PushWorker worker, StreamSignals signals, TimeProvider clock, ILogger<PushDelivery> logger)
    : EventWorker(signals.Any, clock, logger)
{
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task<bool> TryWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var ended in _running.Where(running => running.Value.IsCompleted).Select(running => running.Key).ToList())
            {
                _running.Remove(ended);
            }

            foreach (var stream in (await streams.ListAsync()).Where(stream => stream.Delivery.IsPush))
            {
                if (!_running.ContainsKey(stream.Id))
                {
                    _running[stream.Id] = RunAsync(stream, cancellationToken);
                }
            }

            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
            return false;
        }
    }

    private async Task RunAsync(EventStream stream, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            if (await worker.DrainAsync(stream, cancellationToken))
            {
                // An event may have come after the last look.
                signals.Any.Raise();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; what is left waits for the next start.
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // One stream that cannot be served must not end the others.
            LogFault(stream.Id, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Security events cannot be pushed and wait: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Error, "The events of stream {StreamId} cannot be pushed.")]
    private partial void LogFault(string streamId, Exception fault);
}
