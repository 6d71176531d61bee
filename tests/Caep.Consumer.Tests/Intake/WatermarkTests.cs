using Platform.Caep.Intake;

namespace Platform.Caep.Tests.Intake;

public sealed class WatermarkTests
{
    private readonly Watermark _watermark = new();

    [Fact]
    public void Stands_nowhere_before_anything_is_done()
    {
        _watermark.TryBegin(10);

        Assert.Null(_watermark.Next);
        Assert.Equal(1, _watermark.UnderWay);
    }

    [Fact]
    public void Moves_with_each_offset_that_is_done_in_order()
    {
        Begin(10, 11);

        Assert.True(_watermark.Complete(10));
        Assert.Equal(11, _watermark.Next);
        Assert.True(_watermark.Complete(11));
        Assert.Equal(12, _watermark.Next);
        Assert.Equal(0, _watermark.UnderWay);
    }

    [Fact]
    public void Waits_for_the_first_that_is_still_under_way()
    {
        Begin(10, 11, 12);

        Assert.False(_watermark.Complete(11));
        Assert.False(_watermark.Complete(12));
        Assert.Null(_watermark.Next);
        Assert.Equal(3, _watermark.UnderWay);

        Assert.True(_watermark.Complete(10));
        Assert.Equal(13, _watermark.Next);
        Assert.Equal(0, _watermark.UnderWay);
    }

    [Fact]
    public void Passes_over_offsets_that_do_not_exist()
    {
        Begin(10, 20, 25);

        _watermark.Complete(20);
        _watermark.Complete(10);

        Assert.Equal(21, _watermark.Next);
    }

    [Fact]
    public void Refuses_what_was_begun_before_and_never_goes_back()
    {
        Begin(10, 11);
        _watermark.Complete(10);

        Assert.False(_watermark.TryBegin(10));
        Assert.False(_watermark.TryBegin(11));
        Assert.True(_watermark.TryBegin(12));
        Assert.Equal(11, _watermark.Next);
        Assert.Equal(2, _watermark.UnderWay);
    }

    [Fact]
    public void Kafka2_never_passes_what_is_under_way_in_any_order_of_completion()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var watermark = new Watermark();
            var offsets = Enumerable.Range(0, 50).Select(index => (long)(index * 2)).ToArray();
            foreach (var offset in offsets)
            {
                watermark.TryBegin(offset);
            }

            var open = offsets.ToHashSet();
            var order = offsets.ToArray();
            random.Shuffle(order);
            foreach (var offset in order)
            {
                open.Remove(offset);
                watermark.Complete(offset);

                Assert.True(open.Count == 0 || watermark.Next is null || watermark.Next <= open.Min());
            }

            Assert.Equal(99, watermark.Next);
        }
    }

    private void Begin(params long[] offsets)
    {
        foreach (var offset in offsets)
        {
            _watermark.TryBegin(offset);
        }
    }
}
