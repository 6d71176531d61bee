using System.Text.Json.Serialization.Metadata;
using StackExchange.Redis;

namespace Platform.IdP.Outbound;

/// <summary>
/// Notifications that clients have not confirmed, each with the time of its next attempt. A process that takes one puts
/// that time off, so that no other sends it meanwhile, and another takes it up should this one die.
/// </summary>
internal abstract class NotificationQueue<T>(IConnectionMultiplexer redis, string name, JsonTypeInfo<T> json, TimeProvider clock)
    : RecordStore<T>(redis, $"idp:{name}-notification:", json)
    where T : Notification
{
    /// <summary>Longer than an attempt takes, and than it may wait for its turn.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    // KEYS: queue. ARGV: now, until when they are taken, the most to take.
    private const string Take = """
        local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
        for _, id in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], id) end
        return due
        """;

    private readonly RedisKey _queue = $"idp:{name}-queue";

    /// <summary>Longer than all attempts take.</summary>
    protected abstract TimeSpan Lifetime { get; }

    /// <summary>Adds the notification, or replaces it, for an attempt after this time.</summary>
    public Task SetAsync(T notification, TimeSpan dueIn)
    {
        var entry = EntryOf(notification, dueIn);
        return Database.ScriptEvaluateAsync(NotificationEntry.Set(firstKey: 1, firstArgument: 1), entry.Keys, entry.Arguments);
    }

    /// <summary>The same, to be written by a script of the caller's.</summary>
    public NotificationEntry EntryOf(T notification, TimeSpan dueIn) => new(
        [KeyOf(notification.Id), _queue],
        [Write(notification), notification.Id, Milliseconds(dueIn), (long)Lifetime.TotalMilliseconds]);

    /// <summary>Those whose time has come; they are the caller's for the length of the lease.</summary>
    public async Task<IReadOnlyList<T>> TakeAsync(int most)
    {
        var ids = (string[])(await Database.ScriptEvaluateAsync(
            Take, [_queue], [Milliseconds(TimeSpan.Zero), Milliseconds(Lease), most]))!;
        var taken = new List<T>();
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
        await Database.SortedSetRemoveAsync(_queue, id);
        await DeleteAsync(id);
    }

    public Task<long> CountAsync() => Database.SortedSetLengthAsync(_queue);

    private long Milliseconds(TimeSpan fromNow) => (clock.GetUtcNow() + fromNow).ToUnixTimeMilliseconds();
}
