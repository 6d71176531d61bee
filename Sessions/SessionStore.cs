using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Sessions.Scripts;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>The sessions of all browsers, in Redis. A dump of it yields neither a cookie nor a token.</summary>
public sealed partial class SessionStore(
    IConnectionMultiplexer redis,
    TimeProvider clock,
    IOptions<SessionsOptions>? options = null,
    ILogger<SessionStore>? logger = null)
{
    private const int HandleBytes = 32;

    private static readonly StoredScript Create = StoredScript.Named("create");
    private static readonly StoredScript End = StoredScript.Named("end");

    private readonly SessionsOptions _options = options?.Value ?? new();
    private readonly ILogger _logger = logger ?? NullLogger<SessionStore>.Instance;

    /// <summary>The name of a session that Redis and publications carry; it does not lead back to the handle.</summary>
    public static string KeyOf(string handle) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(handle)));

    /// <summary>
    /// Begins a session under a new handle, unless the issuer's session was revoked or the user's sessions were
    /// revoked after they authenticated. <c>auth_time</c> has whole seconds, so the same instant counts as before.
    /// </summary>
    public async Task<SessionCreation> CreateAsync(SessionRecord record, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var latest = now + _options.LongestLifetime;
        record = record.ExpiresAt > latest ? record with { ExpiresAt = latest } : record;

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
                .. hasSid ? (RedisKey[])[
                    SessionKeys.OfSessionId(record.Issuer, record.SessionId!),
                    SessionKeys.Revoked(record.Issuer, record.SessionId!)] : [],
            ],
            [
                key,
                SessionSeal.Seal(record, secret, redisKey),
                record.AuthenticatedAt.ToUnixTimeMilliseconds(),
                record.ExpiresAt.ToUnixTimeMilliseconds(),
                Math.Max(1, (long)(record.ExpiresAt - now).TotalMilliseconds),
                now.ToUnixTimeMilliseconds(),
                (long)_options.LongestLifetime.TotalMilliseconds,
            ],
            cancellationToken);

        return string.IsNullOrEmpty(refusal)
            ? new SessionCreation.Created(handle)
            : new SessionCreation.Revoked(refusal);
    }

    /// <summary>The session of a handle; null when there is none (any more).</summary>
    public async Task<SessionRecord?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        if (!TryDecode(handle, out var secret))
        {
            return null;
        }

        var redisKey = SessionKeys.Session(KeyOf(handle));
        byte[]? box = await redis.GetDatabase().HashGetAsync(redisKey, "data").WaitAsync(cancellationToken);
        if (box is null)
        {
            return null;
        }

        if (!SessionSeal.TryOpen(box, secret, redisKey, out var record))
        {
            LogUnreadable(redisKey);
            return null;
        }

        return record.ExpiresAt > clock.GetUtcNow() ? record : null;
    }

    /// <summary>
    /// Ends one session and tells every replica. A session that is gone already is no error; the answer says whether
    /// there was one.
    /// </summary>
    public async Task<bool> EndAsync(string handle, CancellationToken cancellationToken)
    {
        var key = KeyOf(handle);
        var ended = (int)await End.RunAsync(redis, [SessionKeys.Session(key)], [key], cancellationToken) > 0;
        if (ended)
        {
            await EndedMessage.PublishAsync(redis, [key], cancellationToken);
        }

        return ended;
    }

    private static bool TryDecode(string handle, out byte[] secret)
    {
        secret = new byte[HandleBytes];
        return handle.Length == Base64Url.GetEncodedLength(HandleBytes) &&
            Base64Url.IsValid(handle) &&
            Base64Url.TryDecodeFromChars(handle, secret, out var written) && written == HandleBytes;
    }

    [LoggerMessage(LogLevel.Warning, "What Redis holds under {Key} is not a session of ours; it is treated as none.")]
    private partial void LogUnreadable(string key);
}
