using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Platform.Caep.Intake.Replay;

/// <summary>
/// Puts dead letters back into the topic of the events. Each is safe there before its place among the dead letters is
/// committed: when the replay dies, one may be put back twice, and none is lost.
/// </summary>
internal sealed class DeadLetterReplay(
    IConfiguration configuration, Lazy<IProducer<byte[]?, byte[]?>> producer, IOptions<KafkaOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly KafkaOptions _options = options.Value;

    /// <summary>How many.</summary>
    /// <exception cref="KafkaException">Kafka is away.</exception>
    public async Task<int> RunAsync(ReplayArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(Config()).Build();
        var count = 0;
        foreach (var partition in Partitions(arguments))
        {
            count += await ReplayAsync(consumer, partition, arguments, (arguments.Limit ?? int.MaxValue) - count, output, cancellationToken);
        }

        return count;
    }

    private ConsumerConfig Config()
    {
        var config = KafkaClients.ConsumerConfig(configuration, "kafka", $"{_options.GroupId}-replay");
        config.EnableAutoCommit = false;
        return config;
    }

    private IEnumerable<TopicPartition> Partitions(ReplayArguments arguments)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = KafkaClients.BootstrapServers(configuration, "kafka") }).Build();
        var topic = admin.GetMetadata(_options.DeadLetterTopic, Patience).Topics.Single();
        return topic.Partitions
            .Select(partition => partition.PartitionId)
            .Where(id => arguments.Partition is null || id == arguments.Partition)
            .Order()
            .Select(id => new TopicPartition(_options.DeadLetterTopic, id));
    }

    private async Task<int> ReplayAsync(
        IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition, ReplayArguments arguments, int most, TextWriter output,
        CancellationToken cancellationToken)
    {
        var bounds = consumer.QueryWatermarkOffsets(partition, Patience);
        var stopped = consumer.Committed([partition], Patience).Single().Offset;
        var next = arguments.Offset ?? (stopped == Offset.Unset ? bounds.Low.Value : Math.Max(stopped.Value, bounds.Low.Value));
        var count = 0;
        consumer.Assign(new TopicPartitionOffset(partition, next));
        while (count < most && next < bounds.High.Value)
        {
            if (consumer.Consume(Patience) is not { } letter)
            {
                throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"{partition} did not answer."));
            }

            next = letter.Offset.Value + 1;
            if (letter.Message.Headers.TryGetLastBytes(KafkaDeadLetters.Shortened, out _))
            {
                await output.WriteLineAsync($"{Line(letter)} It was too large to be kept ({Text(letter, KafkaDeadLetters.Shortened)}), and is not put back.");
                continue;
            }

            await output.WriteLineAsync(Line(letter));
            count++;
            if (!arguments.DryRun)
            {
                await producer.Value.ProduceAsync(_options.Topic, Original(letter), cancellationToken);
                consumer.Commit([new TopicPartitionOffset(partition, next)]);
            }
        }

        consumer.Unassign();
        return count;
    }

    private static Message<byte[]?, byte[]?> Original(ConsumeResult<byte[]?, byte[]?> letter)
    {
        var headers = new Headers();
        foreach (var header in letter.Message.Headers.SkipLast(KafkaDeadLetters.AddedHeaders))
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        headers.Add(KafkaDeadLetters.Replayed, Encoding.UTF8.GetBytes($"{letter.Partition.Value}/{letter.Offset.Value}"));
        return new Message<byte[]?, byte[]?> { Key = letter.Message.Key, Value = letter.Message.Value, Headers = headers };
    }

    private static string Line(ConsumeResult<byte[]?, byte[]?> letter) =>
        $"{letter.Partition.Value}/{letter.Offset.Value}  from {Text(letter, KafkaDeadLetters.Partition)}/{Text(letter, KafkaDeadLetters.Offset)}  " +
        $"{Text(letter, KafkaDeadLetters.Error)}: {Text(letter, KafkaDeadLetters.Reason)}";

    private static string Text(ConsumeResult<byte[]?, byte[]?> letter, string name) =>
        letter.Message.Headers is { } headers && headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : "?";
}
