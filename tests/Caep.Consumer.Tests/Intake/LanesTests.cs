using System.Collections.Concurrent;
using System.Text;
using Platform.Caep.Intake;

namespace Platform.Caep.Tests.Intake;

public sealed class LanesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kafka3_those_of_one_key_are_handled_one_after_the_other_in_order()
    {
        var lanes = new Lanes<(string Key, int Number)>(count: 8, capacity: 1000);
        string[] keys = [.. Enumerable.Range(0, 20).Select(number => $"key-{number}")];
        foreach (var number in Enumerable.Range(0, 50))
        {
            foreach (var key in keys)
            {
                lanes.Add(Encoding.UTF8.GetBytes(key), (key, number));
            }
        }

        var handled = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        var busy = new ConcurrentDictionary<string, int>();
        var left = 50 * keys.Length;
        var done = new TaskCompletionSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = lanes.RunAsync(
            async (_, item, _) =>
            {
                Assert.Equal(1, busy.AddOrUpdate(item.Key, 1, (_, before) => before + 1));
                await Task.Yield();
                handled.GetOrAdd(item.Key, _ => new()).Enqueue(item.Number);
                busy[item.Key] = 0;
                if (Interlocked.Decrement(ref left) == 0)
                {
                    done.SetResult();
                }
            },
            stop.Token);

        await await Task.WhenAny(done.Task, running);
        await stop.CancelAsync();
        await running;

        Assert.All(keys, key => Assert.Equal(Enumerable.Range(0, 50), handled[key]));
    }

    [Fact]
    public async Task Kafka3_those_of_different_keys_are_handled_at_the_same_time()
    {
        var lanes = new Lanes<string>(count: 8, capacity: 1);
        var (one, other) = TwoKeysOfDifferentLanes(lanes);
        lanes.Add(one, "one");
        lanes.Add(other, "other");

        var otherBegan = new TaskCompletionSource();
        var oneEnded = new TaskCompletionSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = lanes.RunAsync(
            async (_, item, cancellation) =>
            {
                if (item == "other")
                {
                    otherBegan.SetResult();
                    return;
                }

                await otherBegan.Task.WaitAsync(cancellation);
                oneEnded.SetResult();
            },
            stop.Token);

        await oneEnded.Task.WaitAsync(Cancelled);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void A_full_lane_says_so_and_the_others_do_not()
    {
        var lanes = new Lanes<int>(count: 8, capacity: 2);
        var (one, other) = TwoKeysOfDifferentLanes(lanes);

        lanes.Add(one, 1);
        Assert.True(lanes.HaveRoomFor(one));
        lanes.Add(one, 2);

        Assert.False(lanes.HaveRoomFor(one));
        Assert.True(lanes.HaveRoomFor(other));
        Assert.Throws<InvalidOperationException>(() => lanes.Add(one, 3));
    }

    [Fact]
    public async Task A_lane_that_breaks_ends_all_of_them_and_is_heard_of()
    {
        var lanes = new Lanes<string>(count: 8, capacity: 1);
        var (one, other) = TwoKeysOfDifferentLanes(lanes);
        lanes.Add(one, "waits");
        lanes.Add(other, "breaks");

        var running = lanes.RunAsync(
            (_, item, cancellation) => item == "waits"
                ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation)
                : throw new InvalidOperationException("a bug"),
            Cancelled);

        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(Cancelled))).Message);
    }

    private static (byte[] One, byte[] Other) TwoKeysOfDifferentLanes<T>(Lanes<T> lanes)
    {
        byte[][] keys = [.. Enumerable.Range(0, 100).Select(number => Encoding.UTF8.GetBytes($"key-{number}"))];
        return (keys[0], keys.First(key => lanes.LaneOf(key) != lanes.LaneOf(keys[0])));
    }
}
