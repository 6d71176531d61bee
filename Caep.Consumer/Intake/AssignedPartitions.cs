using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>The partitions of one consumer. For its poll thread only.</summary>
internal sealed class AssignedPartitions
{
    private readonly Dictionary<TopicPartition, PartitionProgress> _progress = [];

    public IReadOnlyCollection<TopicPartition> All => _progress.Keys;

    public void Add(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _progress[partition] = new PartitionProgress(partition);
        }
    }

    public PartitionProgress? Find(TopicPartition partition) => _progress.GetValueOrDefault(partition);

    /// <summary>
    /// Begins anew at this offset, since what comes now is not what was counted so far. That is finished, and counts no more.
    /// </summary>
    public PartitionProgress StartOver(TopicPartition partition, long offset)
    {
        var progress = new PartitionProgress(partition);
        progress.TryBegin(offset);
        return _progress[partition] = progress;
    }

    /// <summary>Takes them out; nothing more is begun in them.</summary>
    public List<PartitionProgress> Remove(IEnumerable<TopicPartition> partitions)
    {
        var removed = new List<PartitionProgress>();
        foreach (var partition in partitions.ToList())
        {
            if (_progress.Remove(partition, out var progress))
            {
                removed.Add(progress);
            }
        }

        return removed;
    }

    /// <summary>Hands what is done since the last time to the client, which commits it within a second.</summary>
    /// <returns>Those that are ours no more.</returns>
    public IReadOnlyList<TopicPartition> StoreProgress(IConsumer<byte[]?, byte[]?> consumer)
    {
        List<TopicPartition>? lost = null;
        foreach (var progress in _progress.Values)
        {
            if (progress.TakeMoved() is { } offset && !TryStore(consumer, offset))
            {
                (lost ??= []).Add(progress.Partition);
            }
        }

        if (lost is null)
        {
            return [];
        }

        foreach (var progress in Remove(lost))
        {
            progress.GiveUp();
        }

        return lost;
    }

    /// <summary>Whether the partition is still ours.</summary>
    public static bool TryStore(IConsumer<byte[]?, byte[]?> consumer, TopicPartitionOffset offset)
    {
        try
        {
            consumer.StoreOffset(offset);
            return true;
        }
        catch (KafkaException refused) when (MeansLost(refused))
        {
            // The group gave the partition to somebody else and has yet to tell us.
            return false;
        }
    }

    private static bool MeansLost(KafkaException refused) =>
        (refused is TopicPartitionOffsetException { Results: [var result] } ? result.Error.Code : refused.Error.Code)
            is ErrorCode.Local_State or ErrorCode.Local_UnknownPartition;
}
