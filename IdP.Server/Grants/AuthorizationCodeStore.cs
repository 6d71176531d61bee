using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>Authorization codes: used once, and remembered afterwards to recognise a second use.</summary>
internal sealed class AuthorizationCodeStore(IConnectionMultiplexer redis, IOptions<IdpOptions> options)
    : RecordStore<AuthorizationCode>(redis, "idp:code:", RecordJson.Default.AuthorizationCode)
{
    private const string UsedPrefix = "idp:code-used:";

    private const string Redeem = """
        if redis.call('EXISTS', KEYS[1]) == 1 then
          redis.call('RENAME', KEYS[1], KEYS[2])
          redis.call('PEXPIRE', KEYS[2], ARGV[1])
          return {'fresh', redis.call('GET', KEYS[2])}
        end
        return {'used', redis.call('GET', KEYS[2])}
        """;

    private readonly LifetimeOptions _lifetimes = options.Value.Lifetimes;

    public async Task<string> SaveAsync(AuthorizationCode record)
    {
        var code = Handle.New();
        await SaveAsync(code, record, _lifetimes.Code);
        return code;
    }

    /// <summary>What the code stands for; it stays unused.</summary>
    public Task<AuthorizationCode?> FindAsync(string code) => ReadAsync(code);

    /// <summary>Takes the code; the record is remembered as long as a token issued for it may live.</summary>
    public async Task<CodeRedemption> RedeemAsync(string code)
    {
        var answer = (RedisResult[])(await Database.ScriptEvaluateAsync(Redeem,
            [KeyOf(code), UsedPrefix + Handle.Hash(code)],
            [(long)(_lifetimes.AccessToken + _lifetimes.Code).TotalMilliseconds]))!;
        return (Parse((RedisValue)answer[1]), (string?)answer[0]) switch
        {
            (null, _) => new CodeRedemption.Unknown(),
            ({ } record, "fresh") => new CodeRedemption.First(record),
            ({ } record, _) => new CodeRedemption.Repeated(record),
        };
    }
}

internal abstract record CodeRedemption
{
    public sealed record First(AuthorizationCode Code) : CodeRedemption;

    public sealed record Repeated(AuthorizationCode Code) : CodeRedemption;

    public sealed record Unknown : CodeRedemption;
}
