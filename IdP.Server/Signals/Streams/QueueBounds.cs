using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>Keeps the queues of streams within their bounds: what is too much or too old is dropped, loudly.</summary>
internal sealed partial class QueueBounds(
    StreamQueues queues, StreamRecords records, IOptions<StreamOptions> options, TimeProvider clock, ILogger<QueueBounds> logger)
{
    private const int Batch = 100;

    private static readonly TimeSpan OftenEnough = TimeSpan.FromMinutes(1);

    /// <summary>How often it is time to look behind those that came first.</summary>
    public TimeSpan ThoroughInterval => options.Value.QueueAge / 100 > OftenEnough ? options.Value.QueueAge / 100 : OftenEnough;

    /// <param name="isThorough">
    /// Whether all are looked through. The oldest stand first, but for dead letters that were sent again.
    /// </param>
    public async Task KeepAsync(EventStream stream, bool isThorough)
    {
        var queue = queues.Of(stream.Id);
        await ReportAsync(stream, await queue.TrimAsync(options.Value.QueueLength), "Signals:QueueLength");
        await ReportAsync(stream, await DropOldAsync(queue, isThorough), "Signals:QueueAge");
    }

    private async Task<long> DropOldAsync(StreamQueue queue, bool isThorough)
    {
        var oldest = clock.GetUtcNow() - options.Value.QueueAge;
        var (first, dropped) = (0L, 0L);
        while (await queue.PeekEventsAsync(first, Batch) is { Count: > 0 } entries)
        {
            var gone = 0;
            foreach (var entry in entries.Where(entry => entry.Event.RaisedAt < oldest))
            {
                gone += await queue.RemoveAsync(entry) ? 1 : 0;
            }

            if (gone == 0 && !isThorough)
            {
                break;
            }

            dropped += gone;
            first += entries.Count - gone;
        }

        return dropped;
    }

    private async Task ReportAsync(EventStream stream, long dropped, string bound)
    {
        if (dropped > 0)
        {
            await records.DroppedAsync(stream.Id, dropped);
            IdpTelemetry.StreamDrops.Add(dropped, new("client", stream.ClientId), new("bound", bound));
            LogDropped(dropped, stream.ClientId, stream.Id, bound);
        }
    }

    [LoggerMessage(LogLevel.Error,
        "{Dropped} SECURITY EVENTS FOR {ClientId} WERE DROPPED, the oldest of stream {StreamId}: its receiver does not take them, and there are more than {Bound} allows.")]
    private partial void LogDropped(long dropped, string clientId, string streamId, string bound);
}
