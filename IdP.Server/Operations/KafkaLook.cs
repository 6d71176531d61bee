using Confluent.Kafka;

namespace Platform.IdP.Operations;

/// <summary>Looks whether a broker answers, and at the topics for security events; however often it is asked, once in a few seconds.</summary>
internal sealed class KafkaLook(string bootstrapServers, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Task<KafkaView>? _latest;
    private DateTimeOffset _latestAt;

    public Task<KafkaView> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is null || clock.GetUtcNow() - _latestAt >= Patience)
            {
                // The client blocks while it looks for a broker.
                (_latest, _latestAt) = (Task.Run(Take, CancellationToken.None), clock.GetUtcNow());
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }

    private KafkaView Take()
    {
        string? reason = null;
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => reason ??= error.Reason)
            .Build();
        try
        {
            return new(bootstrapServers, null, [.. admin.GetMetadata(Patience).Topics
                .Where(topic => topic.Topic.StartsWith(KafkaEventTopic.Topic, StringComparison.Ordinal))
                .Select(topic => new TopicView(topic.Topic, topic.Partitions.Count))
                .OrderBy(topic => topic.Name, StringComparer.Ordinal)]);
        }
        catch (KafkaException away)
        {
            return new(bootstrapServers, reason ?? away.Error.Reason, []);
        }
    }
}
