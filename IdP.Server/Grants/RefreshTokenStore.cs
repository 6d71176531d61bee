using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// Refresh tokens (RFC 6749 section 1.5). Those of FAPI clients stay the same (FAPI 2.0 section 5.3.2.1); all others are
/// replaced by each use, and a token that was replaced is remembered, to recognise a second use (RFC 9700 section 4.14.2).
/// </summary>
internal sealed class RefreshTokenStore(
    IConnectionMultiplexer redis, IOptions<RefreshTokenOptions> options, TimeProvider clock)
    : RecordStore<RefreshToken>(redis, "idp:refresh:", RecordJson.Default.RefreshToken)
{
    private const string UsedPrefix = "idp:refresh-used:";

    // KEYS: token, the mark of its use, its successor. ARGV: now, ms of the mark, the successor's record and ms.
    private const string Rotate = """
        local used = redis.call('GET', KEYS[2])
        if used then return used end
        if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
        redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
        redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
        return 'rotated'
        """;

    private readonly RefreshTokenOptions _options = options.Value;

    /// <summary>The first token of a grant.</summary>
    /// <returns>The token, and how long it and its successors may live at most.</returns>
    public async Task<(string Token, TimeSpan Lifetime)> CreateAsync(RefreshTokenOwner owner)
    {
        var now = clock.GetUtcNow();
        var token = Handle.New();
        await SaveAsync(token, new RefreshToken
        {
            GrantId = owner.GrantId,
            ClientId = owner.ClientId,
            Confirmation = owner.Confirmation,
            FamilyStartedAt = now,
            ExpiresAt = Expiry(now, now),
            Salt = Handle.New(),
        }, _options.Sliding);
        return (token, _options.Sliding);
    }

    /// <summary>The token, used up or not; null when it is unknown or has expired.</summary>
    public async Task<RefreshToken?> FindAsync(string token) =>
        await ReadAsync(token) is { } record && record.ExpiresAt > clock.GetUtcNow() ? record : null;

    public Task<bool> IsUsedAsync(string token) => Database.KeyExistsAsync(UsedKeyOf(token));

    /// <summary>Uses the token: in one step it is found fresh, marked as used and replaced.</summary>
    public async Task<RefreshTokenUse> RotateAsync(string token, RefreshToken record)
    {
        var now = clock.GetUtcNow();
        var successor = Successor(token, record);
        var next = record with { ExpiresAt = Expiry(now, record.FamilyStartedAt), Salt = Handle.New() };
        var answer = (string)(await Database.ScriptEvaluateAsync(Rotate,
            [KeyOf(token), UsedKeyOf(token), KeyOf(successor)],
            [now.ToUnixTimeMilliseconds(), Milliseconds(record.ExpiresAt - now), Write(next), Milliseconds(next.ExpiresAt - now)]))!;
        return answer switch
        {
            "rotated" => new RefreshTokenUse.Followed(successor, next.ExpiresAt - now),
            "gone" => new RefreshTokenUse.Unknown(),
            _ => await RepeatAsync(successor, now - DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(answer, System.Globalization.CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>Uses a token that stays the same: its time starts anew.</summary>
    public async Task<TimeSpan> SlideAsync(string token, RefreshToken record)
    {
        var now = clock.GetUtcNow();
        var next = record with { ExpiresAt = Expiry(now, record.FamilyStartedAt) };
        await Database.StringSetAsync(KeyOf(token), Write(next), next.ExpiresAt - now, When.Exists);
        return next.ExpiresAt - now;
    }

    // A client that lost the answer, or refreshes in parallel, gets the same successor again while that is unused.
    private async Task<RefreshTokenUse> RepeatAsync(string successor, TimeSpan sinceUse) =>
        sinceUse < _options.ReuseGrace && !await IsUsedAsync(successor) && await FindAsync(successor) is { } record
            ? new RefreshTokenUse.Followed(successor, record.ExpiresAt - clock.GetUtcNow())
            : new RefreshTokenUse.Repeated();

    private DateTimeOffset Expiry(DateTimeOffset now, DateTimeOffset familyStartedAt)
    {
        var (sliding, absolute) = (now + _options.Sliding, familyStartedAt + _options.Absolute);
        return sliding < absolute ? sliding : absolute;
    }

    // The token that follows is made of the one before, which only the client knows, and of the salt, which only the
    // server knows: so a repeated use leads to the same one, though neither of the two is stored.
    private static string Successor(string token, RefreshToken record) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(record.Salt), Encoding.UTF8.GetBytes(token)));

    private static long Milliseconds(TimeSpan lifetime) => Math.Max(1, (long)lifetime.TotalMilliseconds);

    private static string UsedKeyOf(string token) => UsedPrefix + Handle.Hash(token);
}
