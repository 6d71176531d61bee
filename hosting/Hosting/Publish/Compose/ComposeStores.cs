using Aspire.Hosting.ApplicationModel;
using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Compose;

/// <summary>Redis and Kafka as containers, each with its data in a volume.</summary>
internal static class ComposeStores
{
    public static string VolumeOf(IResource store) => $"{store.Name}-data";

    public static void Add(Mapping services, IResource store)
    {
        switch (store)
        {
            case RedisResource redis:
                services[redis.Name] = Redis(redis);
                break;
            case KafkaServerResource kafka:
                services[kafka.Name] = Kafka(kafka);
                break;
        }
    }

    private static Mapping Redis(RedisResource redis)
    {
        var password = redis.PasswordParameter is { } parameter ? $"${{{DeploymentValues.VariableOf(parameter).Name}:?}}" : null;
        return new()
        {
            ["image"] = "docker.io/library/redis:8.2-alpine",
            ["restart"] = "unless-stopped",
            // The password is in the environment, not in the command, which other users of the machine can read.
            ["command"] = (string[])["sh", "-c", $"exec redis-server --appendonly yes{(password is null ? "" : " --requirepass \"$$REDISCLI_AUTH\"")}"],
            ["environment"] = password is null ? new Mapping() : new Mapping { ["REDISCLI_AUTH"] = password },
            ["volumes"] = (string[])[$"{VolumeOf(redis)}:/data"],
            ["healthcheck"] = Check("redis-cli ping | grep -q PONG"),
        };
    }

    private static Mapping Kafka(KafkaServerResource kafka) => new()
    {
        ["image"] = "docker.io/apache/kafka:4.1.0",
        ["restart"] = "unless-stopped",
        ["environment"] = new Mapping
        {
            ["KAFKA_NODE_ID"] = "1",
            ["KAFKA_PROCESS_ROLES"] = "broker,controller",
            ["KAFKA_CONTROLLER_QUORUM_VOTERS"] = "1@localhost:9093",
            ["KAFKA_CONTROLLER_LISTENER_NAMES"] = "CONTROLLER",
            ["KAFKA_LISTENERS"] = "PLAINTEXT://:9092,CONTROLLER://:9093",
            ["KAFKA_ADVERTISED_LISTENERS"] = $"PLAINTEXT://{kafka.Name}:9092",
            ["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"] = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            ["KAFKA_LOG_DIRS"] = "/var/lib/kafka/data",
            ["KAFKA_NUM_PARTITIONS"] = "6",
            ["KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR"] = "1",
            ["KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR"] = "1",
            ["KAFKA_TRANSACTION_STATE_LOG_MIN_ISR"] = "1",
        },
        ["volumes"] = (string[])[$"{VolumeOf(kafka)}:/var/lib/kafka/data"],
        ["healthcheck"] = Check("/opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server localhost:9092"),
    };

    private static Mapping Check(string command) => new()
    {
        ["test"] = (string[])["CMD-SHELL", command],
        ["interval"] = "10s",
        ["timeout"] = "5s",
        ["retries"] = 12,
    };
}
