using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Takes out of the queue what the receiver has settled; all else is sent again (RFC 8936 section 2.4).</summary>
internal sealed class PollAcknowledgements(
    IConnectionMultiplexer redis, StreamRecords records, DeadLetters deadLetters, TimeProvider clock)
{
    // A receiver settles what it was sent, which stood at the head of the queue and still does.
    private const int Window = 2000;

    public async Task TakeAsync(EventStream stream, PollRequest request)
    {
        if (request.Acknowledged.Count == 0 && request.Errors.Count == 0)
        {
            return;
        }

        var queue = new StreamQueue(redis, stream.Id);
        var delivered = 0;
        foreach (var entry in await queue.PeekAsync(StreamStatus.Enabled, Window))
        {
            var jti = StreamSets.IdOf(stream, entry.Event);

            // What is said to be wrong counts, even if it is acknowledged as well.
            if (request.Errors.TryGetValue(jti, out var error))
            {
                await deadLetters.AddAsync(stream, entry, error.Err, error.Description);
            }
            else if (request.Acknowledged.Contains(jti))
            {
                await queue.RemoveAsync(entry);
                delivered++;
                IdpTelemetry.StreamDelay.Record(
                    (clock.GetUtcNow() - entry.Event.RaisedAt).TotalSeconds, new KeyValuePair<string, object?>("method", "poll"));
            }
        }

        if (delivered > 0)
        {
            await records.DeliveredAsync(stream.Id, delivered);
        }
    }
}
