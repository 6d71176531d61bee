using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>Takes out of the queue what the receiver has settled; all else is sent again (RFC 8936 section 2.4).</summary>
internal sealed class PollAcknowledgements(
    StreamQueues queues, StreamRecords records, DeadLetters deadLetters, IOptions<StreamOptions> options, TimeProvider clock)
{
    public async Task TakeAsync(EventStream stream, PollRequest request)
    {
        if (request.Acknowledged.Count == 0 && request.Errors.Count == 0)
        {
            return;
        }

        // What the receiver was sent stood at the head of the queue and still does; notices may have come before it since.
        var queue = queues.Of(stream.Id);
        var delivered = 0;
        foreach (var entry in await queue.PeekAsync(StreamStatus.Enabled, 2 * options.Value.PollBatch))
        {
            var jti = StreamSets.IdOf(stream, entry.Event);

            // What is said to be wrong counts, even if it is acknowledged as well.
            if (request.Errors.TryGetValue(jti, out var error))
            {
                await deadLetters.AddAsync(stream, entry, error.Err, error.Description);
            }
            else if (request.Acknowledged.Contains(jti) && await queue.RemoveAsync(entry))
            {
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
