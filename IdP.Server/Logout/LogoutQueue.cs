using StackExchange.Redis;

namespace Platform.IdP.Logout;

/// <summary>
/// Notifications that clients have not confirmed, each with the time of its next attempt. A process that takes one puts
/// that time off, so that no other sends it meanwhile, and another takes it up should this one die.
/// </summary>
internal sealed class LogoutQueue(IConnectionMultiplexer redis, TimeProvider clock)
    : RecordStore<LogoutNotification>(redis, "idp:logout-notification:", LogoutJson.Default.LogoutNotification)
{
    private const string Key = "idp:logout-queue";

    /// <summary>Longer than an attempt takes, and than it may wait for its turn.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Longer than all attempts take.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    // KEYS: queue. ARGV: now, until when they are taken, the most to take.
    private const string Take = """
        local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
        for _, id in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], id) end
        return due
        """;

    /// <summary>Adds the notification, or replaces it, for an attempt after this time.</summary>
    public async Task SetAsync(LogoutNotification notification, TimeSpan dueIn)
    {
        await SaveAsync(notification.Id, notification, Lifetime);
        await Database.SortedSetAddAsync(Key, notification.Id, Milliseconds(dueIn));
        await Database.KeyExpireAsync(Key, Lifetime);
    }

    /// <summary>Those whose time has come; they are the caller's for the length of the lease.</summary>
    public async Task<IReadOnlyList<LogoutNotification>> TakeAsync(int most)
    {
        var ids = (string[])(await Database.ScriptEvaluateAsync(
            Take, [Key], [Milliseconds(TimeSpan.Zero), Milliseconds(Lease), most]))!;
        var taken = new List<LogoutNotification>();
        foreach (var id in ids)
        {
            if (await ReadAsync(id) is { } notification)
            {
                taken.Add(notification);
            }
            else
            {
                await RemoveAsync(id);
            }
        }

        return taken;
    }

    public async Task RemoveAsync(string id)
    {
        await Database.SortedSetRemoveAsync(Key, id);
        await DeleteAsync(id);
    }

    private long Milliseconds(TimeSpan fromNow) => (clock.GetUtcNow() + fromNow).ToUnixTimeMilliseconds();
}
