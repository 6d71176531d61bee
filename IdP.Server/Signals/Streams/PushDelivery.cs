using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Looks after all streams that are pushed, each on its own, so that a receiver that is slow holds up no other.</summary>
internal sealed partial class PushDelivery(
    StreamStore streams, PushWorker worker, StreamSignals signals, TimeProvider clock, ILogger<PushDelivery> logger)
    : EventWorker(signals.Any, clock, logger)
{
    private readonly Dictionary<string, PushRun> _runs = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_runs.Values.Select(run => run.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task<bool> TryWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pushed = (await streams.ListAsync()).Where(stream => stream.Delivery.IsPush).Select(stream => stream.Id).ToHashSet();
            foreach (var gone in _runs.Where(run => run.Value.Ended.IsCompleted && !pushed.Contains(run.Key)).Select(run => run.Key).ToList())
            {
                _runs.Remove(gone);
            }

            foreach (var id in pushed)
            {
                if (!_runs.TryGetValue(id, out var run))
                {
                    _runs[id] = run = new PushRun(() => DrainAsync(id, cancellationToken));
                }

                run.Demand();
            }

            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
            return false;
        }
    }

    private async Task DrainAsync(string streamId, CancellationToken cancellationToken)
    {
        try
        {
            await worker.DrainAsync(streamId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; what is left waits for the next start.
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // One stream that cannot be served must not end the others.
            LogFault(streamId, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Security events cannot be pushed and wait: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Error, "The events of stream {StreamId} cannot be pushed.")]
    private partial void LogFault(string streamId, Exception fault);
}
