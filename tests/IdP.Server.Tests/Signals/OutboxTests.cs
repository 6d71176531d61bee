using Platform.IdP.Signals;
using Platform.Testing;

namespace Platform.IdP.Tests.Signals;

/// <summary>On a Redis of its own, where no publisher takes the lease or the entries.</summary>
public sealed class OutboxTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task One_process_at_a_time_publishes()
    {
        var other = new Outbox(redis.Connection, new OutboxSignal());
        var third = new Outbox(redis.Connection, new OutboxSignal());

        Assert.True(await other.TryTakeLeaseAsync());
        Assert.False(await third.TryTakeLeaseAsync());
        Assert.False(await third.RenewLeaseAsync());
        Assert.True(await other.RenewLeaseAsync());
        await other.ReleaseLeaseAsync();
        Assert.True(await third.TryTakeLeaseAsync());
        await third.ReleaseLeaseAsync();
    }

    [Fact]
    public async Task What_is_removed_is_what_was_read()
    {
        var outbox = new Outbox(redis.Connection, new OutboxSignal());
        await outbox.EndSessionsAsync("ada", null, new OutboxEntry("1", "key", "token", default, null, null));
        var (entry, raw) = (await outbox.PeekAsync())!.Value;

        await outbox.RemoveAsync("another");
        Assert.Equal(entry, (await outbox.PeekAsync())!.Value.Entry);
        await outbox.RemoveAsync(raw);

        Assert.Null(await outbox.PeekAsync());
    }
}
