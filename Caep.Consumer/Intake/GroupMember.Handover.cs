using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>What the client tells the member: partitions that come and go, errors, numbers.</summary>
internal sealed partial class GroupMember
{
    private void Take(List<TopicPartition> partitions)
    {
        _assigned.Add(partitions);
        _kafka.Answered();
        _kafka.Joined(_assigned.All.Count);
        LogAssigned(partitions.Count);
    }

    /// <summary>The next owner goes on where we stop: what is under way is finished first, then committed.</summary>
    private void LetGo(List<TopicPartition> partitions)
    {
        _kafka.Left();
        var leaving = _assigned.Remove(partitions);
        if (leaving.Count == 0)
        {
            return;
        }

        _paused.Forget(partitions);
        WaitForLanes(leaving);
        foreach (var progress in leaving)
        {
            progress.GiveUp();
        }

        // Stored as well as committed: on leaving, the client commits what is stored, and would step back to it.
        List<TopicPartitionOffset> reached = [.. leaving.Select(progress => progress.Reached()).OfType<TopicPartitionOffset>()];
        Commit([.. reached.Where(offset => AssignedPartitions.TryStore(_consumer, offset))]);
        LogReleased(leaving.Count, string.Join(", ", reached));
    }

    private void WaitForLanes(List<PartitionProgress> leaving)
    {
        // Nothing will be finished while something that it needs is away; then the next owner starts earlier.
        if (_interruptions.Current is null)
        {
            var idle = Task.WhenAll(leaving.Select(progress => progress.WhenIdle()));
            Task.WhenAny(idle, Task.Delay(_options.DrainTimeout, _clock)).Wait();
        }
    }

    private void Commit(List<TopicPartitionOffset> reached)
    {
        if (reached.Count == 0 || _kafka.Trouble is not null)
        {
            return;
        }

        try
        {
            _consumer.Commit(reached);
        }
        catch (KafkaException refused)
        {
            // Whoever has the partitions now does the last second again, which does no harm.
            LogNotCommitted(refused.Error.Reason);
        }
    }

    /// <summary>Somebody else has had them for a while: nothing of ours may be committed.</summary>
    private void Lose(List<TopicPartition> partitions)
    {
        _kafka.Left();
        foreach (var progress in _assigned.Remove(partitions))
        {
            progress.GiveUp();
            LogLost(progress.Partition);
        }

        _paused.Drop(partitions);
    }

    private void OnError(Error error)
    {
        if (error.IsFatal)
        {
            _fatal = error;
        }
        else if (error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve)
        {
            _kafka.Lost(error.Reason);
        }
        else
        {
            LogProblem(error.Reason);
        }
    }

    private void OnStatistics(string json)
    {
        var statistics = ClientStatistics.Parse(json, _options.Topic);
        _kafka.Measured(statistics.Lag);
        if (statistics.AnyBrokerUp)
        {
            _kafka.Answered();
        }

        // The client remembers an address of the group's coordinator that is no broker's any more, and asks nobody for another.
        // By now the group has given our partitions away; a client that starts from the bootstrap servers finds it (KIP-899).
        _stranded = statistics.AnyBrokerUp && statistics.CoordinatorLost > _options.SessionTimeout;
    }

    [LoggerMessage(LogLevel.Information, "The group gave us {Count} partitions.")]
    private partial void LogAssigned(int count);

    [LoggerMessage(LogLevel.Information, "{Count} partitions were handed over; done up to: {Offsets}.")]
    private partial void LogReleased(int count, string offsets);

    [LoggerMessage(LogLevel.Warning, "{Partition} was lost to another member.")]
    private partial void LogLost(TopicPartition partition);

    [LoggerMessage(LogLevel.Warning,
        "{Partition} went back to offset {Offset}: it was created anew, or cut. Its events are taken from there; some may be repeated.")]
    private partial void LogSteppedBack(TopicPartition partition, long offset);

    [LoggerMessage(LogLevel.Warning, "Kafka answers, but the group's coordinator is not where it was: starting from the bootstrap servers.")]
    private partial void LogStranded();

    [LoggerMessage(LogLevel.Warning, "The last offsets were not committed: {Reason}")]
    private partial void LogNotCommitted(string reason);

    [LoggerMessage(LogLevel.Warning, "Kafka: {Reason}")]
    private partial void LogProblem(string reason);

    [LoggerMessage(LogLevel.Debug, "{Line}")]
    private partial void LogClient(string line);
}
