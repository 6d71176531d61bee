using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// Pushes what waits for one receiver: oldest first, the next only after the answer, so that the order is kept. A lease keeps
/// the processes from sending the same SET at once; what is sent twice all the same has the same jti.
/// </summary>
internal sealed partial class PushWorker(
    StreamQueues queues, StreamStore streams, StreamRecords records, DeadLetters deadLetters, PushSender sender,
    ClientRegistry clients, TimeProvider clock, ILogger<PushWorker> logger)
{
    /// <summary>Attempts at a SET that is refused for what may pass.</summary>
    private const int MostRefusals = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Returns when nothing waits any more, or the next attempt must wait.</summary>
    public async Task DrainAsync(string streamId, CancellationToken cancellationToken)
    {
        var queue = queues.Of(streamId);
        try
        {
            if (await NextAsync(queue, streamId) is null || (await records.ReadAsync(streamId)).RetryAt > clock.GetUtcNow() ||
                !await queue.TryTakeLeaseAsync())
            {
                return;
            }

            try
            {
                while (await NextAsync(queue, streamId) is var (stream, head) && await queue.RenewLeaseAsync() &&
                    await ConcludeAsync(queue, stream, head, await sender.SendAsync(stream, head.Event, cancellationToken)))
                {
                    // One after the other.
                }
            }
            finally
            {
                await queue.ReleaseLeaseAsync();
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(streamId, away.Message);
        }
    }

    // The stream is read each time: the receiver may have changed its endpoint, or paused it, or be registered no longer.
    private async Task<(EventStream Stream, QueuedEvent Head)?> NextAsync(StreamQueue queue, string streamId) =>
        await streams.FindAsync(streamId) is { Delivery.IsPush: true } stream && clients.Find(stream.ClientId) is not null &&
        await queue.PeekAsync(stream.Status, 1) is [var head] ? (stream, head) : null;

    /// <summary>False when the next attempt must wait.</summary>
    private async Task<bool> ConcludeAsync(StreamQueue queue, EventStream stream, QueuedEvent head, PushOutcome outcome)
    {
        switch (outcome)
        {
            case PushOutcome.Accepted:
                await AcceptedAsync(queue, stream, head);
                return true;
            case PushOutcome.Refused refused:
                // An outage uses up none of the attempts, nor does another SET.
                var jti = StreamSets.IdOf(stream, head.Event);
                var refusals = (await records.ReadAsync(stream.Id)).RefusalsOf(jti) + 1;
                if (refused.IsFinal || refusals >= MostRefusals)
                {
                    await deadLetters.AddAsync(stream, head, refused.Err, refused.Description);
                    Count(stream, "refused");
                    return true;
                }

                await records.RefusedForNowAsync(stream.Id, jti, refusals);
                await FailedAsync(stream, refused.Err);
                return false;
            case PushOutcome.Failed failed:
                await FailedAsync(stream, failed.Reason);
                return false;
            default:
                throw new InvalidOperationException("The outcome is of no known kind.");
        }
    }

    private async Task AcceptedAsync(StreamQueue queue, EventStream stream, QueuedEvent head)
    {
        var isFirst = await queue.RemoveAsync(head);
        await records.DeliveredAsync(stream.Id, isFirst ? 1 : 0);
        Count(stream, "accepted");
        IdpTelemetry.StreamDelay.Record((clock.GetUtcNow() - head.Event.RaisedAt).TotalSeconds, new KeyValuePair<string, object?>("method", "push"));
        LogAccepted(stream.ClientId, StreamSets.IdOf(stream, head.Event));
    }

    private async Task FailedAsync(EventStream stream, string reason)
    {
        var failures = (await records.ReadAsync(stream.Id)).Failures + 1;
        var pause = Pause(failures);
        await records.FailedAsync(stream.Id, reason, failures, pause);
        Count(stream, "failed");
        LogFailed(stream.ClientId, stream.Id, failures, pause, reason);
    }

    // Half of it is chance, so that those who failed together do not come back together.
    private static TimeSpan Pause(int failures)
    {
        var longest = FirstPause * Math.Pow(2, Math.Min(failures - 1, 16));
        return (longest < LongestPause ? longest : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private static void Count(EventStream stream, string outcome) =>
        IdpTelemetry.StreamPushes.Add(1, new("client", stream.ClientId), new("outcome", outcome));

    [LoggerMessage(LogLevel.Information, "{ClientId} took the security event {EventId}.")]
    private partial void LogAccepted(string clientId, string eventId);

    [LoggerMessage(LogLevel.Warning,
        "{ClientId} cannot be told of security events on stream {StreamId}, attempt {Attempt}; the next in {Pause}. {Reason}")]
    private partial void LogFailed(string clientId, string streamId, int attempt, TimeSpan pause, string reason);

    [LoggerMessage(LogLevel.Warning, "The events of stream {StreamId} wait: {Reason}")]
    private partial void LogWaiting(string streamId, string reason);
}
