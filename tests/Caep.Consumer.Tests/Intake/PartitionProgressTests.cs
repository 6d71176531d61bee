using Confluent.Kafka;
using Platform.Caep.Intake;

namespace Platform.Caep.Tests.Intake;

public sealed class PartitionProgressTests
{
    private readonly PartitionProgress _progress = new(new TopicPartition("events", 3));

    [Fact]
    public void Has_nothing_to_store_until_something_is_done()
    {
        _progress.TryBegin(5);

        Assert.Null(_progress.TakeMoved());
        Assert.Null(_progress.Reached());
    }

    [Fact]
    public void Gives_each_move_once_and_what_it_reached_as_often_as_asked()
    {
        _progress.TryBegin(5);
        _progress.Complete(5);

        Assert.Equal(new TopicPartitionOffset("events", 3, 6), _progress.TakeMoved());
        Assert.Null(_progress.TakeMoved());
        Assert.Equal(new TopicPartitionOffset("events", 3, 6), _progress.Reached());
        Assert.Equal(new TopicPartitionOffset("events", 3, 6), _progress.Reached());
    }

    [Fact]
    public void Is_idle_when_it_never_began()
    {
        Assert.True(_progress.WhenIdle().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Becomes_idle_with_the_last_that_is_done()
    {
        _progress.TryBegin(5);
        _progress.TryBegin(6);
        var idle = _progress.WhenIdle();

        _progress.Complete(6);
        Assert.False(idle.IsCompleted);

        _progress.Complete(5);
        await idle;
    }
}
