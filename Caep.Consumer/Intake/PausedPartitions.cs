using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>
/// Brings the client's pauses in line with what should be paused. It remembers what it paused: resuming a partition
/// that is not paused makes librdkafka rewind it.
/// </summary>
internal sealed class PausedPartitions(IConsumer<byte[]?, byte[]?> consumer)
{
    private readonly HashSet<TopicPartition> _paused = [];

    public void Align(IReadOnlyCollection<TopicPartition> assigned, Func<TopicPartition, bool> shouldPause)
    {
        List<TopicPartition>? pause = null;
        List<TopicPartition>? resume = null;
        foreach (var partition in assigned)
        {
            var should = shouldPause(partition);
            if (should && _paused.Add(partition))
            {
                (pause ??= []).Add(partition);
            }
            else if (!should && _paused.Remove(partition))
            {
                (resume ??= []).Add(partition);
            }
        }

        if (pause is not null)
        {
            consumer.Pause(pause);
        }

        if (resume is not null)
        {
            consumer.Resume(resume);
        }
    }

    /// <summary>They are about to go; should they come back, they come back running.</summary>
    public void Forget(IEnumerable<TopicPartition> partitions)
    {
        var resume = partitions.Where(_paused.Remove).ToList();
        if (resume.Count > 0)
        {
            consumer.Resume(resume);
        }
    }

    /// <summary>They are gone: there is nothing left to resume.</summary>
    public void Drop(IEnumerable<TopicPartition> partitions) => _paused.ExceptWith(partitions);
}
