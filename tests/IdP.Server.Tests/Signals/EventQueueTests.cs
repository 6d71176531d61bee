using Microsoft.Extensions.Logging.Abstractions;
using Platform.IdP.Signals.Delivery;
using Platform.Testing;

namespace Platform.IdP.Tests.Signals;

public sealed class EventQueueTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string _destination = Guid.NewGuid().ToString("N");

    private EventQueue Queue(string suffix = "") => new(
        redis.Connection, new UnreadableEntries(redis.Connection, NullLogger<UnreadableEntries>.Instance), _destination + suffix);

    [Fact]
    public async Task Is_delivered_by_one_process_at_a_time()
    {
        var (one, other) = (Queue(), Queue());
        Assert.True(await one.TryTakeLeaseAsync());
        Assert.False(await other.TryTakeLeaseAsync());
        Assert.False(await other.RenewLeaseAsync());
        Assert.True(await one.RenewLeaseAsync());

        await one.ReleaseLeaseAsync();

        Assert.True(await other.TryTakeLeaseAsync());
        await other.ReleaseLeaseAsync();
    }

    [Fact]
    public async Task Is_taken_again_at_once_by_who_could_not_let_go_of_it()
    {
        var queue = Queue();
        Assert.True(await queue.TryTakeLeaseAsync());

        // Redis was away when it was to be released, and has kept the lease.
        Assert.True(await queue.TryTakeLeaseAsync());

        await queue.ReleaseLeaseAsync();
        Assert.True(await Queue().TryTakeLeaseAsync());
    }

    [Fact]
    public async Task Stays_with_who_delivers_however_long_that_takes_and_comes_free_soon_after_its_death()
    {
        var (slow, dead) = (Queue(), Queue("-dead"));
        await slow.TryTakeLeaseAsync();
        await redis.Connection.GetDatabase().StringSetAsync($"{EventQueue.KeyOf($"{_destination}-dead")}:lease", "dead", EventQueue.Lease);

        await Eventually.BecomesTrueAsync(dead.TryTakeLeaseAsync, TestContext.Current.CancellationToken);
        Assert.False(await Queue().TryTakeLeaseAsync());
        await slow.ReleaseLeaseAsync();
        await dead.ReleaseLeaseAsync();
    }
}
