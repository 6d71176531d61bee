using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Platform.Caep.Intake;

/// <summary>The dead-letter topic: original key, bytes and headers, and beside them where they came from and why.</summary>
internal sealed partial class KafkaDeadLetters(
    Lazy<IProducer<byte[]?, byte[]?>> producer, IOptions<KafkaOptions> options, ILogger<KafkaDeadLetters> logger)
    : IDeadLetters
{
    public const string Topic = "topic";
    public const string Partition = "partition";
    public const string Offset = "offset";
    public const string Error = "error";
    public const string Reason = "reason";

    /// <summary>In what was put back among the events: the partition and offset of the letter.</summary>
    public const string Replayed = "replayed";

    public async Task WriteAsync(Delivery delivery, string error, string reason, CancellationToken cancellationToken)
    {
        var headers = new Headers();
        foreach (var header in (delivery.Message.Headers ?? []).Where(header => header.Key != Replayed))
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        headers.Add(Topic, Encoding.UTF8.GetBytes(delivery.Partition.Topic));
        headers.Add(Partition, Encoding.UTF8.GetBytes(Number(delivery.Partition.Partition.Value)));
        headers.Add(Offset, Encoding.UTF8.GetBytes(Number(delivery.Offset.Value)));
        headers.Add(Error, Encoding.UTF8.GetBytes(error));
        headers.Add(Reason, Encoding.UTF8.GetBytes(reason));

        var letter = new Message<byte[]?, byte[]?>
        {
            Key = delivery.Message.Key,
            Value = delivery.Message.Value,
            Headers = headers,
        };
        await producer.Value.ProduceAsync(options.Value.DeadLetterTopic, letter, cancellationToken);

        CaepTelemetry.CountDeadLetter(error);
        LogWritten(delivery.Partition, delivery.Offset.Value, options.Value.DeadLetterTopic, error, reason);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Warning, "The message at {Partition} {Offset} went to {DeadLetterTopic} ({Error}): {Reason}")]
    private partial void LogWritten(
        TopicPartition partition, long offset, string deadLetterTopic, string error, string reason);
}
