using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>One partition for as long as it is ours. The poll thread begins, the lanes complete.</summary>
internal sealed class PartitionProgress(TopicPartition partition)
{
    private readonly Lock _lock = new();
    private readonly Watermark _watermark = new();
    private TaskCompletionSource? _idle;
    private bool _moved;
    private volatile bool _given;

    public TopicPartition Partition => partition;

    /// <summary>Another consumer has it now, or will: what is not yet begun is left to it.</summary>
    public bool IsGivenUp => _given;

    public void GiveUp() => _given = true;

    /// <summary>False for what does not lie behind all that was begun.</summary>
    public bool TryBegin(long offset)
    {
        lock (_lock)
        {
            return _watermark.TryBegin(offset);
        }
    }

    public void Complete(long offset)
    {
        lock (_lock)
        {
            _moved |= _watermark.Complete(offset);
            if (_watermark.UnderWay == 0)
            {
                _idle?.TrySetResult();
            }
        }
    }

    /// <summary>The offset to store, once for each time that it moved.</summary>
    public TopicPartitionOffset? TakeMoved()
    {
        lock (_lock)
        {
            if (!_moved || _watermark.Next is not { } next)
            {
                return null;
            }

            _moved = false;
            return new TopicPartitionOffset(partition, next);
        }
    }

    /// <summary>The offset to go on from, however often it was asked for.</summary>
    public TopicPartitionOffset? Reached()
    {
        lock (_lock)
        {
            return _watermark.Next is { } next ? new TopicPartitionOffset(partition, next) : null;
        }
    }

    /// <summary>Completes when nothing is under way. To be asked when nothing is begun any more.</summary>
    public Task WhenIdle()
    {
        lock (_lock)
        {
            if (_watermark.UnderWay == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }
}
