using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Interaction;

/// <summary>
/// Limits failed sign-ins per account and per address. An attempt is counted before the password is checked, so that
/// parallel ones do not slip through, and given back when it succeeds.
/// </summary>
internal sealed class SignInAttempts(IConnectionMultiplexer redis, IOptions<IdpOptions> options)
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

    private readonly AttemptOptions _limits = options.Value.Attempts;

    /// <summary>Counts an attempt; false when there were too many.</summary>
    public async Task<bool> TryBeginAsync(string userName, IPAddress? address)
    {
        var counts = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(
            Count, Keys(userName, address), [(long)_limits.Window.TotalMilliseconds]))!;
        return counts[0] <= _limits.PerAccount && counts[1] <= _limits.PerAddress;
    }

    /// <summary>The attempt was no guess: the address gets it back, and the account starts anew.</summary>
    public async Task SucceededAsync(string userName, IPAddress? address)
    {
        await GiveBackAsync(userName, address);
        await redis.GetDatabase().KeyDeleteAsync(Keys(userName, address)[0]);
    }

    /// <summary>The attempt did not take place.</summary>
    public Task GiveBackAsync(string userName, IPAddress? address) =>
        redis.GetDatabase().ScriptEvaluateAsync(GiveBack, Keys(userName, address));

    // Names are hashed: people type their password into the wrong field.
    private static RedisKey[] Keys(string userName, IPAddress? address) =>
    [
        "idp:attempts:account:" + Handle.Hash(userName.Trim().ToUpperInvariant()),
        $"idp:attempts:address:{address}",
    ];
}
