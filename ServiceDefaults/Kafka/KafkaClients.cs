using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Kafka clients for <c>ConnectionStrings:{connectionName}</c> (bootstrap servers).</summary>
public static class KafkaClients
{
    /// <summary>Registers a singleton <see cref="IProducer{TKey,TValue}"/>: acks=all, idempotent.</summary>
    public static void AddKafkaProducer<TKey, TValue>(
        this IHostApplicationBuilder builder, string connectionName, Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = BootstrapServers(builder.Configuration, connectionName),
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 0,
        };
        configure?.Invoke(config);
        builder.Services.AddSingleton(_ => new ProducerBuilder<TKey, TValue>(config).Build());
    }

    /// <summary>
    /// The settings of a consumer that stores its own offsets: earliest reset, range assignment, commits within a second.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static ConsumerConfig ConsumerConfig(IConfiguration configuration, string connectionName, string groupId) => new()
    {
        BootstrapServers = BootstrapServers(configuration, connectionName),
        GroupId = groupId,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,
        AutoCommitIntervalMs = 1000,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        // A consumer that died must not keep its partitions for long: six seconds is the least that brokers allow.
        SessionTimeoutMs = 6000,
        HeartbeatIntervalMs = 2000,
    };

    /// <summary>The bootstrap servers under a connection name.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static string BootstrapServers(IConfiguration configuration, string connectionName) =>
        configuration.GetConnectionString(connectionName)
        ?? throw new InvalidOperationException(
            $"Kafka is not configured: set ConnectionStrings:{connectionName} (for example localhost:9092).");
}
