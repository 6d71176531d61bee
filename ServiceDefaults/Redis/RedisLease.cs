using System.Security.Cryptography;
using StackExchange.Redis;

namespace Platform.ServiceDefaults.Redis;

/// <summary>
/// Lets one holder at a time do something: a key in Redis that ends by itself when the holder dies. Each step is one script,
/// hence one command: of a transaction that a broken connection cut in two, version 1 of the client never tells the outcome.
/// </summary>
public sealed class RedisLease(IConnectionMultiplexer redis, string key, TimeSpan length)
{
    // KEYS: lease. ARGV: holder, ms to live.
    private const string Take = """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    private const string Renew = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """;

    private const string Release = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('DEL', KEYS[1])
        """;

    private readonly RedisKey[] _keys = [key];
    private readonly RedisValue[] _holder = [RandomNumberGenerator.GetHexString(32), (long)length.TotalMilliseconds];

    /// <summary>True when it is ours now, also when it was ours before; false when another holds it.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public Task<bool> TryTakeAsync() => RunAsync(Take);

    /// <summary>Makes it last its whole length again; false when it is not ours any more.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public Task<bool> TryRenewAsync() => RunAsync(Renew);

    /// <summary>Gives it back; that of another stays.</summary>
    /// <exception cref="RedisException">Redis is away: it ends by itself.</exception>
    public Task ReleaseAsync() => RunAsync(Release);

    private async Task<bool> RunAsync(string script) => (bool)await redis.GetDatabase().ScriptEvaluateAsync(script, _keys, _holder);
}
