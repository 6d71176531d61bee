using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Device;

/// <summary>
/// Limits wrong user codes per person and per address (RFC 8628 section 5.1). An attempt is counted before the code is
/// looked up, so that parallel ones do not slip through, and given back when the code was right.
/// </summary>
internal sealed class UserCodeAttempts(IConnectionMultiplexer redis, IOptions<DeviceOptions> options)
{
    private const string Count = """
        local counts = {}
        for index, key in ipairs(KEYS) do
          counts[index] = redis.call('INCR', key)
          if counts[index] == 1 then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return counts
        """;

    private const string GiveBack = """
        for _, key in ipairs(KEYS) do
          if redis.call('EXISTS', key) == 1 then redis.call('DECR', key) end
        end
        """;

    private readonly DeviceOptions _limits = options.Value;

    /// <summary>Counts an attempt; false when there were too many.</summary>
    public async Task<bool> TryBeginAsync(SsoSession session, IPAddress? address)
    {
        var counts = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(
            Count, Keys(session, address), [(long)_limits.Window.TotalMilliseconds]))!;
        return counts[0] <= _limits.WrongCodesPerUser && counts[1] <= _limits.WrongCodesPerAddress;
    }

    /// <summary>The code was right.</summary>
    public Task GiveBackAsync(SsoSession session, IPAddress? address) =>
        redis.GetDatabase().ScriptEvaluateAsync(GiveBack, Keys(session, address));

    private static RedisKey[] Keys(SsoSession session, IPAddress? address) =>
        [$"idp:device-attempts:user:{session.Subject}", $"idp:device-attempts:address:{address}"];
}
