using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>Keeps polls waiting until there is an event, for a bounded time, and while this process runs (RFC 8936 section 2.2).</summary>
internal sealed class LongPolls(
    StreamStore streams, StreamQueues queues, StreamSignals signals, IOptions<StreamOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>Of one stream, in this process; others are answered at once.</summary>
    private const int MostWaiting = 4;

    /// <summary>Finds what nobody told of.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.Ordinal);

    /// <summary>
    /// The events, and the stream as it is by then; null when it is gone, or its events are pushed. What changes while the receiver
    /// waits counts for what it is told.
    /// </summary>
    public async Task<(EventStream Stream, IReadOnlyList<QueuedEvent> Events)?> WaitAsync(
        string streamId, int most, CancellationToken cancellationToken)
    {
        var queue = queues.Of(streamId);
        var until = clock.GetUtcNow() + options.Value.LongPoll;
        var isOverfull = _waiting.AddOrUpdate(streamId, 1, (_, count) => count + 1) > MostWaiting;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            while (true)
            {
                var next = signals.NextAsync(streamId);

                if (await streams.FindAsync(streamId) is not { Delivery.IsPush: false } stream)
                {
                    // Nobody else would take away what waits for its next event.
                    signals.Wake(streamId);
                    return null;
                }

                var found = await queue.PeekAsync(stream.Status, most);
                var rest = until - clock.GetUtcNow();
                if (found.Count > 0 || rest <= TimeSpan.Zero || isOverfull || ends.IsCancellationRequested)
                {
                    return (stream, found);
                }

                await next.WaitAsync(rest < LookInterval ? rest : LookInterval, clock, ends.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            _waiting.AddOrUpdate(streamId, 0, (_, count) => count - 1);
            _waiting.TryRemove(new KeyValuePair<string, int>(streamId, 0));
        }
    }
}
