using StackExchange.Redis;

namespace Platform.IdP.Signals;

/// <summary>
/// Takes the outbox to Kafka: oldest first, the next only after the acknowledgement, removed only then. A lease keeps
/// the processes from sending the same entry at once; what is sent twice all the same has the same jti.
/// </summary>
internal sealed partial class OutboxPublisher(
    Outbox outbox, OutboxSignal signal, IEventTopic topic, TimeProvider clock, ILogger<OutboxPublisher> logger)
    : BackgroundService
{
    /// <summary>Finds what another process left behind.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var poll = clock.CreateTimer(_ => signal.Raise(), null, TimeSpan.Zero, PollInterval);
        var pause = FirstPause;
        try
        {
            while (true)
            {
                await signal.WaitAsync(stoppingToken);
                if (await TryDrainAsync(stoppingToken))
                {
                    pause = FirstPause;
                    continue;
                }

                await Task.Delay(pause, clock, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                signal.Raise();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left waits for the next start.
        }
    }

    /// <summary>False when Kafka or Redis is away.</summary>
    private async Task<bool> TryDrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await topic.PrepareAsync(cancellationToken);

            // Looked for once more after the release: an entry may have come while the lease kept another process off it.
            while (await outbox.PeekAsync() is not null && await outbox.TryTakeLeaseAsync())
            {
                try
                {
                    await PublishAllAsync(cancellationToken);
                }
                finally
                {
                    await outbox.ReleaseLeaseAsync();
                }
            }

            return true;
        }
        catch (Exception away) when (away is EventTopicUnavailableException or RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
            return false;
        }
    }

    private async Task PublishAllAsync(CancellationToken cancellationToken)
    {
        while (await outbox.PeekAsync() is var (entry, raw) && await outbox.RenewLeaseAsync())
        {
            await topic.PublishAsync(entry, cancellationToken);
            await outbox.RemoveAsync(raw);
            IdpTelemetry.EventsPublished.Add(1);
            IdpTelemetry.EventDelay.Record((clock.GetUtcNow() - entry.WrittenAt).TotalSeconds);
            LogPublished(entry.Id);
        }
    }

    [LoggerMessage(LogLevel.Information, "The security event {EventId} was published.")]
    private partial void LogPublished(string eventId);

    [LoggerMessage(LogLevel.Warning, "Security events cannot be published and wait in the outbox: {Reason}")]
    private partial void LogWaiting(string reason);
}
