using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Platform.ServiceDefaults.Kafka;

/// <summary>Creates topics with their partitions before anyone uses them.</summary>
public static class KafkaTopics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Makes sure that <paramref name="topics"/> exist with <paramref name="partitions"/> partitions.
    /// A topic that is already there is left as it is.
    /// </summary>
    /// <exception cref="KafkaException">No broker answers, or the broker refuses.</exception>
    public static async Task EnsureAsync(string bootstrapServers, IReadOnlyCollection<string> topics, int partitions)
    {
        // What librdkafka would print, the exception says.
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers })
            .SetLogHandler((_, _) => { })
            .Build();

        var present = admin.GetMetadata(Patience).Topics.Select(topic => topic.Topic).ToHashSet(StringComparer.Ordinal);
        var missing = topics.Where(topic => !present.Contains(topic)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            await admin.CreateTopicsAsync(
                missing.Select(topic => new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = -1 }),
                new CreateTopicsOptions { OperationTimeout = Patience, RequestTimeout = Patience });
        }
        catch (CreateTopicsException refused) when (refused.Results.All(result =>
            result.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another service was faster.
        }
    }
}
