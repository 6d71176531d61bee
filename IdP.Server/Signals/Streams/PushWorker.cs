using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// Pushes what waits for one receiver: oldest first, the next only after the answer, so that the order is kept. A lease keeps
/// the processes from sending the same SET at once; what is sent twice all the same has the same jti.
/// </summary>
internal sealed partial class PushWorker(
    IConnectionMultiplexer redis, StreamStore streams, StreamRecords records, DeadLetters deadLetters, PushSender sender,
    ClientRegistry clients, TimeProvider clock, ILogger<PushWorker> logger)
{
    /// <summary>Attempts at a SET that is refused for what may pass.</summary>
    private const int MostRefusals = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>True when there was something to do: there may be more by now.</summary>
    public async Task<bool> DrainAsync(EventStream stream, CancellationToken cancellationToken)
    {
        var queue = new StreamQueue(redis, stream.Id);
        try
        {
            if (clients.Find(stream.ClientId) is null || (await queue.PeekAsync(stream.Status, 1)).Count == 0 ||
                (await records.ReadAsync(stream.Id)).RetryAt > clock.GetUtcNow() || !await queue.TryTakeLeaseAsync())
            {
                return false;
            }

            try
            {
                return await DrainAsync(queue, stream.Id, cancellationToken);
            }
            finally
            {
                await queue.ReleaseLeaseAsync();
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(stream.Id, away.Message);
            return false;
        }
    }

    // The stream is read each time: the receiver may have changed its endpoint, or paused it, or be registered no longer.
    private async Task<bool> DrainAsync(StreamQueue queue, string streamId, CancellationToken cancellationToken)
    {
        while (await streams.FindAsync(streamId) is { Delivery.IsPush: true } stream && clients.Find(stream.ClientId) is not null &&
            await queue.PeekAsync(stream.Status, 1) is [var head] && await queue.RenewLeaseAsync())
        {
            var outcome = await sender.SendAsync(stream, head.Event, cancellationToken);
            if (!await ConcludeAsync(queue, stream, head, outcome))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False when the next attempt must wait.</summary>
    private async Task<bool> ConcludeAsync(StreamQueue queue, EventStream stream, QueuedEvent head, PushOutcome outcome)
    {
        if (outcome is PushOutcome.Accepted)
        {
            await queue.RemoveAsync(head);
            await records.DeliveredAsync(stream.Id, 1);
            Count(stream, "accepted");
            IdpTelemetry.StreamDelay.Record((clock.GetUtcNow() - head.Event.RaisedAt).TotalSeconds, new KeyValuePair<string, object?>("method", "push"));
            LogAccepted(stream.ClientId, StreamSets.IdOf(stream, head.Event));
            return true;
        }

        var failures = (await records.ReadAsync(stream.Id)).Failures + 1;
        if (outcome is PushOutcome.Refused refused && (refused.IsFinal || failures >= MostRefusals))
        {
            await deadLetters.AddAsync(stream, head, refused.Err, refused.Description);
            Count(stream, "refused");
            return true;
        }

        var reason = outcome is PushOutcome.Failed failed ? failed.Reason : ((PushOutcome.Refused)outcome).Err;
        var pause = Pause(failures);
        await records.FailedAsync(stream.Id, reason, failures, pause);
        Count(stream, "failed");
        LogFailed(stream.ClientId, stream.Id, failures, pause, reason);
        return false;
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
