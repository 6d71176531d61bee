using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals;

/// <summary>
/// Security events that wait for Kafka, in order. An entry is written in the script that ends the sessions, so that
/// neither happens without the other; this list alone has no time to live, because nothing in it may be lost.
/// </summary>
internal sealed class Outbox(IConnectionMultiplexer redis, OutboxSignal signal)
{
    private const string Key = "idp:outbox";
    private const string LeaseKey = "idp:outbox:lease";

    /// <summary>Long enough for one publication; whoever dies holds the others up no longer than this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // KEYS: outbox, the user's sids. ARGV: entry, prefix of sids, the one sid to end (all of the user's when absent).
    private const string EndAndAppend = """
        local sids = ARGV[3] and {ARGV[3]} or redis.call('SMEMBERS', KEYS[2])
        local ended = 0
        for _, sid in ipairs(sids) do
          local session = redis.call('GET', ARGV[2] .. sid)
          if session then ended = ended + redis.call('DEL', session) end
          redis.call('DEL', ARGV[2] .. sid)
          redis.call('SREM', KEYS[2], sid)
        end
        redis.call('RPUSH', KEYS[1], ARGV[1])
        return ended
        """;

    private const string RemoveHead = """
        if redis.call('LINDEX', KEYS[1], 0) == ARGV[1] then redis.call('LPOP', KEYS[1]) end
        """;

    private readonly RedisValue _owner = Guid.NewGuid().ToString("N");

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Ends the SSO sessions and leaves the event in the outbox, in one step. Returns how many sessions ended.</summary>
    public async Task<int> EndSessionsAsync(string? subject, string? sessionId, OutboxEntry entry)
    {
        List<RedisValue> arguments =
            [JsonSerializer.Serialize(entry, RecordJson.Default.OutboxEntry), SsoSessionStore.SessionIndexPrefix];
        if (sessionId is not null)
        {
            arguments.Add(sessionId);
        }

        var ended = (int)await Database.ScriptEvaluateAsync(
            EndAndAppend, [Key, SsoSessionStore.UserIndex(subject)], [.. arguments]);
        signal.Raise();
        return ended;
    }

    /// <summary>The oldest entry, and its form in the list.</summary>
    public async Task<(OutboxEntry Entry, string Raw)?> PeekAsync()
    {
        var head = (string?)await Database.ListGetByIndexAsync(Key, 0);
        return head is null ? null : (JsonSerializer.Deserialize(head, RecordJson.Default.OutboxEntry)!, head);
    }

    public Task RemoveAsync(string raw) => Database.ScriptEvaluateAsync(RemoveHead, [Key], [raw]);

    public Task<bool> TryTakeLeaseAsync() => Database.LockTakeAsync(LeaseKey, _owner, Lease);

    public Task<bool> RenewLeaseAsync() => Database.LockExtendAsync(LeaseKey, _owner, Lease);

    public Task ReleaseLeaseAsync() => Database.LockReleaseAsync(LeaseKey, _owner);
}
