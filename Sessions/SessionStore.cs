using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Sessions.Listing;
using Platform.Sessions.Scripts;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>The sessions of all browsers, in Redis. A dump of it yields neither a cookie nor a token.</summary>
public sealed partial class SessionStore(
    IConnectionMultiplexer redis,
    TimeProvider clock,
    IOptions<SessionsOptions>? options = null,
    IDataProtectionProvider? protection = null,
    ILogger<SessionStore>? logger = null)
{
    internal const int HandleLength = 43;

    private const int HandleBytes = 32;

    private static readonly StoredScript Create = StoredScript.Named("create");
    private static readonly StoredScript End = StoredScript.OfEnding("end");
    private static readonly StoredScript Update = StoredScript.Named("update");
    private static readonly StoredScript Touch = StoredScript.OfCalls("touch");
    private static readonly RedisValue[] Fields = ["data", "tokens", "version", "seen", "refresh", "step_up"];

    private readonly SessionsOptions _options = options?.Value ?? new();
    private readonly ListingSeal? _listing = protection is null ? null : new(protection);
    private readonly ILogger _logger = logger ?? NullLogger<SessionStore>.Instance;

    /// <summary>The name of a session that Redis and publications carry; it does not lead back to the handle.</summary>
    public static string KeyOf(string handle)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var octets = Encoding.UTF8.GetMaxByteCount(handle.Length) <= 256 ? stackalloc byte[256] : new byte[Encoding.UTF8.GetByteCount(handle)];
        SHA256.HashData(octets[..Encoding.UTF8.GetBytes(handle, octets)], hash);
        return Base64Url.EncodeToString(hash);
    }

    /// <summary>
    /// Begins a session under a new handle, unless the issuer's session was revoked or the user's sessions were
    /// revoked after they authenticated. <c>auth_time</c> has whole seconds, so the same instant counts as before.
    /// </summary>
    public async Task<SessionCreation> CreateAsync(
        SessionRecord record, SessionTokens tokens, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        record = _options.Cut(record, now);

        var secret = RandomNumberGenerator.GetBytes(HandleBytes);
        var handle = Base64Url.EncodeToString(secret);
        var key = KeyOf(handle);
        var redisKey = SessionKeys.Session(key);
        var hasSid = record.SessionId is not null;

        var refusal = (string?)await Create.RunAsync(
            redis,
            [
                redisKey,
                SessionKeys.OfSubject(record.Issuer, record.Subject),
                SessionKeys.NotBefore(record.Issuer, record.Subject),
                SessionKeys.DemandOnSubject(record.Issuer, record.Subject),
                .. hasSid ? (RedisKey[])[
                    SessionKeys.OfSessionId(record.Issuer, record.SessionId!),
                    SessionKeys.Revoked(record.Issuer, record.SessionId!),
                    SessionKeys.DemandOnSessionId(record.Issuer, record.SessionId!)] : [],
            ],
            [
                key,
                SessionSeal.Seal(record, SessionJson.Default.SessionRecord, secret, redisKey),
                record.AuthenticatedAt.ToUnixTimeMilliseconds(),
                record.ExpiresAt.ToUnixTimeMilliseconds(),
                Math.Max(1, (long)(EndOf(record, now) - now).TotalMilliseconds),
                now.ToUnixTimeMilliseconds(),
                (long)_options.LongestLifetime.TotalMilliseconds,
                SealTokens(tokens, secret, redisKey),
                _listing?.Seal(record, redisKey) ?? [],
            ],
            cancellationToken);

        return string.IsNullOrEmpty(refusal)
            ? new SessionCreation.Created(handle)
            : new SessionCreation.Revoked(refusal);
    }

    /// <summary>The session of a handle; null when there is none (any more).</summary>
    public async Task<LiveSession?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        if (!TryDecode(handle, out var secret))
        {
            return null;
        }

        var redisKey = SessionKeys.Session(KeyOf(handle));
        var found = await redis.GetDatabase().HashGetAsync(redisKey, Fields).WaitAsync(cancellationToken);
        if (found is not [
            { IsNull: false } data, { IsNull: false } tokens, { IsNull: false } version, { IsNull: false } seen, var refresh, var stepUp])
        {
            return null;
        }

        if (!SessionSeal.TryOpen((byte[])data!, SessionJson.Default.SessionRecord, secret, redisKey, out var record) ||
            !SessionSeal.TryOpen((byte[])tokens!, SessionJson.Default.SessionTokens, secret, TokensOf(redisKey), out var opened))
        {
            LogUnreadable(redisKey);
            return null;
        }

        return record.ExpiresAt > clock.GetUtcNow()
            ? new LiveSession(handle, record, opened, (long)version, DateTimeOffset.FromUnixTimeMilliseconds((long)seen))
            {
                Demands = SessionDemands.Of(refresh, stepUp),
            }
            : null;
    }

    /// <summary>Replaces the tokens, unless they were changed since <paramref name="session"/> was read.</summary>
    public Task<TokensUpdate> UpdateAsync(LiveSession session, SessionTokens tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return UpdateAsync(session, secret => [session.Version, SealTokens(tokens, secret, RedisKeyOf(session))], cancellationToken);
    }

    /// <summary>
    /// The same with what the issuer says of the user now: the refresh that was demanded when <paramref name="session"/> was
    /// read is done.
    /// </summary>
    public Task<TokensUpdate> RefreshAsync(
        LiveSession session, SessionTokens tokens, SessionRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var key = RedisKeyOf(session);
        return UpdateAsync(
            session,
            secret =>
            [
                session.Version,
                SealTokens(tokens, secret, key),
                SessionSeal.Seal(record, SessionJson.Default.SessionRecord, secret, key),
                session.Demands.Refresh is > 0 and var mark ? mark : "",
            ],
            cancellationToken);
    }

    private async Task<TokensUpdate> UpdateAsync(
        LiveSession session, Func<byte[], RedisValue[]> arguments, CancellationToken cancellationToken)
    {
        TryDecode(session.Id, out var secret);
        var outcome = (int)await Update.RunAsync(redis, [RedisKeyOf(session)], arguments(secret), cancellationToken);
        return outcome switch
        {
            1 => TokensUpdate.Stored,
            0 => TokensUpdate.Overtaken,
            _ => TokensUpdate.Gone,
        };
    }

    /// <summary>Says that the session is in use, which puts off its idle end; false when there is no such session.</summary>
    public async Task<bool> TouchAsync(LiveSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = clock.GetUtcNow();
        return (int)await Touch.RunAsync(
            redis,
            [SessionKeys.Session(session.Key)],
            [now.ToUnixTimeMilliseconds(), EndOf(session.Record, now).ToUnixTimeMilliseconds()],
            cancellationToken) == 1;
    }

    /// <summary>
    /// Ends one session and tells every replica. A session that is gone already is no error; the answer says whether
    /// there was one.
    /// </summary>
    public async Task<bool> EndByKeyAsync(string key, CancellationToken cancellationToken) => (int)await End.RunAsync(
        redis,
        [SessionKeys.Session(key), SessionKeys.Endings],
        [key, (long)_options.LongestLifetime.TotalMilliseconds, clock.GetUtcNow().ToUnixTimeMilliseconds(), .. EndedMessage.EndArguments],
        cancellationToken) == 1;

    // Whichever comes first: nobody uses it, or it has lived long enough.
    private DateTimeOffset EndOf(SessionRecord record, DateTimeOffset now) =>
        now + _options.IdleLifetime is var idle && idle < record.ExpiresAt ? idle : record.ExpiresAt;

    private static string RedisKeyOf(LiveSession session) => SessionKeys.Session(session.Key);

    // A name of its own, so that neither part opens in the place of the other.
    private static string TokensOf(string redisKey) => $"{redisKey}#tokens";

    private static byte[] SealTokens(SessionTokens tokens, byte[] secret, string redisKey) =>
        SessionSeal.Seal(tokens, SessionJson.Default.SessionTokens, secret, TokensOf(redisKey));

    private static bool TryDecode(string handle, out byte[] secret)
    {
        secret = new byte[HandleBytes];
        return handle.Length == HandleLength &&
            Base64Url.IsValid(handle) &&
            Base64Url.TryDecodeFromChars(handle, secret, out var written) && written == HandleBytes;
    }

    [LoggerMessage(LogLevel.Warning, "What Redis holds under {Key} is not a session of ours; it is treated as none.")]
    private partial void LogUnreadable(string key);
}
