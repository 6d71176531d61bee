using Platform.IdP.Logout;
using Platform.Testing;

namespace Platform.IdP.Tests.Logout;

/// <summary>On a Redis of its own, where no server takes the notifications.</summary>
public sealed class LogoutQueueTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task What_a_process_left_behind_is_taken_by_one_other_when_its_lease_is_over()
    {
        var notification = new LogoutNotification("left behind", "client", "sid", "ada");
        await new LogoutQueue(redis.Connection, _clock).SetAsync(notification, LogoutQueue.Lease);
        var other = new LogoutQueue(redis.Connection, _clock);
        var third = new LogoutQueue(redis.Connection, _clock);
        Assert.Empty(await other.TakeAsync(10));

        _clock.Advance(LogoutQueue.Lease);

        Assert.Equal(notification, Assert.Single(await other.TakeAsync(10)));
        Assert.Empty(await third.TakeAsync(10));
        await other.RemoveAsync(notification.Id);
        _clock.Advance(LogoutQueue.Lease);
        Assert.Empty(await third.TakeAsync(10));
    }
}
