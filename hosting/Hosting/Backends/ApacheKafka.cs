using System.Buffers.Text;
using System.Security.Cryptography;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>Apache Kafka in KRaft mode: broker and controller in one Java process.</summary>
internal static class ApacheKafka
{
    // A small heap and the quick compiler alone: ready in two seconds. Long throughput is not what this one is for.
    private static readonly string[] Java =
        ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"];

    public static async Task<BackendProcess> DescribeAsync(
        BackendContext context, KafkaInstallation.Found installation, CancellationToken cancellationToken)
    {
        var log = Path.Combine(context.DataFolder, "log");
        var file = PrivateFile.Write(context, "kafka.properties", Settings(context, log));
        if (!File.Exists(Path.Combine(log, "meta.properties")))
        {
            await FormatAsync(context, installation, file, cancellationToken);
        }

        context.Say($"Kafka is Apache Kafka of {Path.GetDirectoryName(installation.Libraries)}; its log is in {log}. "
            + "The services create their topics.");
        return new(installation.Java, [.. Java, .. ClassPath(installation), "kafka.Kafka", file])
        {
            WorkingDirectory = context.DataFolder,
            Probe = KafkaProbe.AskAsync,
            Description = "Apache Kafka",
        };
    }

    // One partition for offsets and transactions, no wait for more members, a broker that is taken back quickly after it was killed:
    // right for one node and a few clients.
    private static string Settings(BackendContext context, string log)
    {
        var controller = $"127.0.0.1:{TargetPorts.Next()}";
        return $"""
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@{controller}
            listeners=PLAINTEXT://127.0.0.1:{context.TargetPort},CONTROLLER://{controller}
            advertised.listeners=PLAINTEXT://{context.PublicAddress}
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=PLAINTEXT
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
            log.dirs={log.Replace("\\", "\\\\", StringComparison.Ordinal)}
            num.partitions=6
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            group.initial.rebalance.delay.ms=0
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=500

            """;
    }

    private static async Task FormatAsync(
        BackendContext context, KafkaInstallation.Found installation, string file, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Tool.RunAsync(
            installation.Java,
            [.. Java, .. ClassPath(installation), "kafka.tools.StorageTool", "format", "-t", NewClusterId(), "-c", file],
            _ => { },
            cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(
                $"Kafka's data folder {context.DataFolder} could not be prepared (exit code {exitCode}): {output}");
        }
    }

    private static IEnumerable<string> ClassPath(KafkaInstallation.Found installation) => ["-cp", Path.Combine(installation.Libraries, "*")];

    // Kafka's form of a UUID. One that begins with a dash would be taken for an option.
    private static string NewClusterId()
    {
        while (true)
        {
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            if (id[0] != '-')
            {
                return id;
            }
        }
    }
}
