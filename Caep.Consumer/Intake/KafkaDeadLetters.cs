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

    /// <summary>In letters that the topic would not take whole: how much of the event is there.</summary>
    public const string Shortened = "shortened";

    /// <summary>In what was put back among the events: the partition and offset of the letter.</summary>
    public const string Replayed = "replayed";

    /// <summary>Those that a letter has beside the original ones, at their end: topic, partition, offset, error, reason.</summary>
    public const int AddedHeaders = 5;

    private const int LargestPart = 64 * 1024;
    private const int LongestKey = 1024;

    public async Task WriteAsync(Delivery delivery, string error, string reason, CancellationToken cancellationToken)
    {
        var letter = Letter(delivery, error, reason);
        try
        {
            await producer.Value.ProduceAsync(options.Value.DeadLetterTopic, letter, cancellationToken);
        }
        catch (KafkaException tooLarge) when (tooLarge.Error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge)
        {
            // No event is that large, and the partition must not wait for it forever.
            await producer.Value.ProduceAsync(options.Value.DeadLetterTopic, Shorten(letter), cancellationToken);
        }

        CaepTelemetry.CountDeadLetter(error);
        LogWritten(delivery.Partition, delivery.Offset.Value, options.Value.DeadLetterTopic, error, reason);
    }

    private static Message<byte[]?, byte[]?> Letter(Delivery delivery, string error, string reason)
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

        return new() { Key = delivery.Message.Key, Value = delivery.Message.Value, Headers = headers };
    }

    // Without the original headers and, where it is long, the key: whatever made it too large is gone.
    private static Message<byte[]?, byte[]?> Shorten(Message<byte[]?, byte[]?> letter)
    {
        var headers = new Headers();
        foreach (var header in letter.Headers.TakeLast(AddedHeaders))
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        var start = letter.Value?[..Math.Min(letter.Value.Length, LargestPart)];
        headers.Add(Shortened, Encoding.UTF8.GetBytes($"the first {start?.Length ?? 0} of {letter.Value?.Length ?? 0} bytes"));
        return new() { Key = letter.Key is { Length: <= LongestKey } key ? key : null, Value = start, Headers = headers };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Warning, "The message at {Partition} {Offset} went to {DeadLetterTopic} ({Error}): {Reason}")]
    private partial void LogWritten(
        TopicPartition partition, long offset, string deadLetterTopic, string error, string reason);
}
