using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Platform.Caep.Intake;
using Platform.ServiceDefaults.Kafka;

namespace Platform.Caep.Tests.Intake;

public sealed class AssignedPartitionsTests
{
    private static readonly TopicPartition Partition = new("events", 3);

    private readonly AssignedPartitions _assigned = new();

    static AssignedPartitionsTests() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle);

    [Fact]
    public void Says_which_partitions_the_group_gave_to_somebody_else()
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { GroupId = "group", EnableAutoOffsetStore = false }).Build();
        _assigned.Add([Partition, new("events", 4)]);
        var progress = _assigned.Find(Partition)!;
        progress.TryBegin(5);
        progress.Complete(5);

        Assert.Equal([Partition], _assigned.StoreProgress(consumer)); // the client has no partitions
        Assert.True(progress.IsGivenUp);
        Assert.Null(_assigned.Find(Partition));
        Assert.NotNull(_assigned.Find(new("events", 4)));
    }

    [Fact]
    public void Offsets_that_step_back_are_counted_anew_and_what_is_under_way_is_finished()
    {
        _assigned.Add([Partition]);
        var before = _assigned.Find(Partition)!;
        before.TryBegin(10);
        Assert.False(before.TryBegin(3));

        var after = _assigned.StartOver(Partition, 3);

        Assert.Same(after, _assigned.Find(Partition));
        Assert.False(before.IsGivenUp);
        before.Complete(10);
        Assert.Null(after.Reached());
        after.Complete(3);
        Assert.Equal(4, after.Reached()?.Offset.Value);
    }
}
