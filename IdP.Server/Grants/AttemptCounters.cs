using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// Counts attempts under several keys at once, each over a period that begins with its first. An attempt is counted before it
/// is looked at, so that parallel ones do not slip through, and given back when it was no guess.
/// </summary>
internal sealed class AttemptCounters(IConnectionMultiplexer redis)
{
    private const string Count = """
        local counts = {}
        for index, key in ipairs(KEYS) do
          counts[index] = redis.call('INCR', key)
          if counts[index] == 1 then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return counts
        """;

    // A counter may have ended in between: a key without a time to live must not come to be.
    private const string GiveBack = """
        for _, key in ipairs(KEYS) do
          if redis.call('EXISTS', key) == 1 then redis.call('DECR', key) end
        end
        """;

    /// <summary>Counts an attempt; false when one of the keys has more than its limit.</summary>
    public async Task<bool> TryBeginAsync(TimeSpan window, params (string Key, int Limit)[] limits)
    {
        var counts = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(
            Count, [.. limits.Select(limit => (RedisKey)limit.Key)], [(long)window.TotalMilliseconds]))!;
        return limits.Zip(counts).All(counted => counted.Second <= counted.First.Limit);
    }

    public Task GiveBackAsync(params string[] keys) =>
        redis.GetDatabase().ScriptEvaluateAsync(GiveBack, [.. keys.Select(key => (RedisKey)key)]);

    public Task ForgetAsync(string key) => redis.GetDatabase().KeyDeleteAsync(key);
}
