using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>A message on its way through a lane, with the partition that has to be told when it is done.</summary>
internal sealed record Delivery(PartitionProgress Progress, Offset Offset, Message<byte[]?, byte[]?> Message, DateTimeOffset ReceivedAt)
{
    public TopicPartition Partition => Progress.Partition;

    /// <summary>It was a dead letter before.</summary>
    public bool IsReplay => Message.Headers?.TryGetLastBytes(KafkaDeadLetters.Replayed, out _) is true;

    /// <summary>What must stay in order: the key, else the partition.</summary>
    public byte[] OrderedBy => Message.Key is { Length: > 0 } key ? key : BitConverter.GetBytes(Partition.Partition.Value);
}
