using StackExchange.Redis;

namespace Platform.IdP.Signals.Kafka;

/// <summary>
/// Takes its queue to Kafka: oldest first, the next only after the acknowledgement, removed only then. A lease keeps
/// the processes from sending the same entry at once; what is sent twice all the same has the same jti.
/// </summary>
internal sealed partial class KafkaPublisher(
    IConnectionMultiplexer redis, UnreadableEntries unreadable, KafkaDestination destination, EventSigner signer, IEventTopic topic,
    TimeProvider clock, ILogger<KafkaPublisher> logger)
    : EventWorker(destination.Signal, clock, logger)
{
    public const string Audience = "urn:platform:caep";

    private readonly EventQueue _queue = new(redis, unreadable, KafkaDestination.Name);
    private readonly TimeProvider _clock = clock;

    protected override async Task<bool> TryWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await topic.PrepareAsync(cancellationToken);

            // Looked for once more after the release: an entry may have come while the lease kept another process off it.
            while (await _queue.PeekAsync() is not null && await _queue.TryTakeLeaseAsync())
            {
                try
                {
                    await PublishAllAsync(cancellationToken);
                }
                finally
                {
                    await _queue.ReleaseLeaseAsync();
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
        while (await _queue.PeekAsync() is { } entry && await _queue.RenewLeaseAsync())
        {
            var signed = signer.Sign(entry.Event, KafkaDestination.Name, Audience);
            await topic.PublishAsync(signed, cancellationToken);
            await _queue.RemoveAsync(entry);
            IdpTelemetry.EventsPublished.Add(1);
            IdpTelemetry.EventDelay.Record((_clock.GetUtcNow() - entry.Event.RaisedAt).TotalSeconds);
            LogPublished(signed.Id, entry.Event.Type);
        }
    }

    [LoggerMessage(LogLevel.Information, "The security event {EventId} was published: {Type}.")]
    private partial void LogPublished(string eventId, string type);

    [LoggerMessage(LogLevel.Warning, "Security events cannot be published to Kafka and wait: {Reason}")]
    private partial void LogWaiting(string reason);
}
