using Confluent.Kafka;

namespace Platform.Caep.Intake;

/// <summary>
/// One consumer in the group, from its first poll to its leaving. Everything here happens on the thread that calls
/// <see cref="Run"/>, the group's hand-overs included, which the client calls from within a poll.
/// </summary>
internal sealed partial class GroupMember : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PollWhileFull = TimeSpan.FromMilliseconds(5);

    private readonly AssignedPartitions _assigned = new();
    private readonly Queue<ConsumeResult<byte[]?, byte[]?>> _overflow = new();
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly PausedPartitions _paused;
    private readonly KafkaOptions _options;
    private readonly Lanes<Delivery> _lanes;
    private readonly Interruptions _interruptions;
    private readonly KafkaConnection _kafka;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private Error? _fatal;
    private bool _full;
    private bool _stranded;

    public GroupMember(
        ConsumerConfig config, KafkaOptions options, Lanes<Delivery> lanes, Interruptions interruptions,
        KafkaConnection kafka, TimeProvider clock, ILogger logger)
    {
        (_options, _lanes, _interruptions, _kafka, _clock, _logger) = (options, lanes, interruptions, kafka, clock, logger);
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetPartitionsAssignedHandler((_, partitions) => Take(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => LetGo([.. partitions.Select(each => each.TopicPartition)]))
            .SetPartitionsLostHandler((_, partitions) => Lose([.. partitions.Select(each => each.TopicPartition)]))
            .SetErrorHandler((_, error) => OnError(error))
            .SetStatisticsHandler((_, json) => OnStatistics(json))
            .SetLogHandler((_, line) => LogClient(line.Message))
            .Build();
        _paused = new PausedPartitions(_consumer);
    }

    /// <summary>
    /// Until <paramref name="stopping"/>: then drains, commits and leaves the group. Or until only a new member can find the
    /// group's coordinator.
    /// </summary>
    /// <exception cref="KafkaException">The client is broken for good; a new member may do better.</exception>
    public void Run(CancellationToken stopping)
    {
        _consumer.Subscribe(_options.Topic);
        var last = _clock.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            PassOn();
            _full = _overflow.Count >= _options.LaneCapacity || (_full && _overflow.Count > 0);
            _paused.Drop(_assigned.StoreProgress(_consumer));
            _paused.Align(_assigned.All, partition => _full || _interruptions.Concerns(partition));
            if (PollOnce() is { } message)
            {
                _overflow.Enqueue(message);
            }

            if (_fatal is { } fatal)
            {
                throw new KafkaException(fatal);
            }

            if (_stranded)
            {
                LogStranded();
                return;
            }

            var now = _clock.GetTimestamp();
            CountPause(_clock.GetElapsedTime(last, now));
            last = now;
        }

        LetGo([.. _assigned.All]);
        if (_kafka.Trouble is null)
        {
            _consumer.Close();
        }
    }

    public void Dispose()
    {
        Lose([.. _assigned.All]);
        _consumer.Dispose();
    }

    private ConsumeResult<byte[]?, byte[]?>? PollOnce()
    {
        try
        {
            return _consumer.Consume(_overflow.Count > 0 ? PollWhileFull : Poll);
        }
        catch (ConsumeException problem) when (!problem.Error.IsFatal)
        {
            LogProblem(problem.Error.Reason);
            return null;
        }
    }

    /// <summary>Messages begin when a lane takes them; what no lane takes stays here, in order, and may be left behind.</summary>
    private void PassOn()
    {
        while (_overflow.TryPeek(out var message))
        {
            if (_assigned.Find(message.TopicPartition) is { } progress)
            {
                var delivery = new Delivery(progress, message.Offset, message.Message, _clock.GetUtcNow());
                if (!_lanes.HaveRoomFor(delivery.OrderedBy))
                {
                    return;
                }

                if (!progress.TryBegin(message.Offset.Value))
                {
                    delivery = StepBack(delivery);
                }

                _lanes.Add(delivery.OrderedBy, delivery);
            }

            _overflow.Dequeue();
        }
    }

    // Committed at once: of itself the client commits nothing that lies before what it committed.
    private Delivery StepBack(Delivery delivery)
    {
        LogSteppedBack(delivery.Partition, delivery.Offset.Value);
        Commit([new TopicPartitionOffset(delivery.Partition, delivery.Offset)]);
        return delivery with { Progress = _assigned.StartOver(delivery.Partition, delivery.Offset.Value) };
    }

    private void CountPause(TimeSpan elapsed)
    {
        if (_interruptions.Current is { } interruption)
        {
            CaepTelemetry.AddPaused(interruption.Missing, elapsed);
        }
        else if (_full)
        {
            CaepTelemetry.AddPaused("back-pressure", elapsed);
        }
    }
}
