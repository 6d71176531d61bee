using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// SSO sessions: the record under the hash of the cookie, <c>sid</c> → that key, and the set of a user's sids.
/// </summary>
internal sealed class SsoSessionStore(
    IConnectionMultiplexer redis, SessionEvents events, Outbox outbox, IOptions<IdpOptions> options, TimeProvider clock)
    : RecordStore<SsoSession>(redis, "idp:sso:", RecordJson.Default.SsoSession)
{
    public const string SessionIndexPrefix = "idp:sso-sid:";
    private const string UserIndexPrefix = "idp:sso-sub:";

    // KEYS: session, its sid, the user's sids, the session that this one replaces, the outbox.
    // ARGV: record, ms, sid, prefix of sids, entries.
    private static readonly string Create = $$"""
        redis.call('DEL', KEYS[4])
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('SET', KEYS[2], KEYS[1], 'PX', ARGV[2])
        for _, sid in ipairs(redis.call('SMEMBERS', KEYS[3])) do
          if redis.call('EXISTS', ARGV[4] .. sid) == 0 then redis.call('SREM', KEYS[3], sid) end
        end
        redis.call('SADD', KEYS[3], ARGV[3])
        redis.call('PEXPIRE', KEYS[3], ARGV[2])
        {{Outbox.Append(key: 5, firstArgument: 5)}}
        """;

    // KEYS: sid.
    private const string FindBySessionId = """
        local session = redis.call('GET', KEYS[1])
        return session and redis.call('GET', session)
        """;

    private readonly TimeSpan _lifetime = options.Value.Lifetimes.SsoSession;

    public static string UserIndex(string? subject) => UserIndexPrefix + subject;

    /// <summary>
    /// Starts a session under a new handle; the browser's former one is dead afterwards, which leaves a fixed or stolen
    /// handle worthless. The same person keeps the sid, because clients know the session by it; another's has ended before.
    /// </summary>
    public async Task<(string Handle, SsoSession Session)> StartAsync(Authentication authentication, string? formerHandle)
    {
        var subject = authentication.Subject;
        var former = formerHandle is null ? null : await FindAsync(formerHandle);
        var now = clock.GetUtcNow();
        var session = new SsoSession(former?.SessionId ?? Handle.New(), subject, now, now + _lifetime)
        {
            Methods = authentication.Methods,
            AuthenticationClass = authentication.Class,
            StartedAt = former?.StartedAt ?? now,
            Device = authentication.Device,
        };
        var handle = Handle.New();
        var raised = events.OfStart(former, session);
        await Database.ScriptEvaluateAsync(Create,
            [KeyOf(handle), SessionIndexPrefix + session.SessionId, UserIndex(subject), KeyOf(formerHandle ?? ""), Outbox.Key],
            [JsonSerializer.Serialize(session, RecordJson.Default.SsoSession), (long)_lifetime.TotalMilliseconds,
                session.SessionId, SessionIndexPrefix, .. raised.Select(Outbox.Entry)]);
        outbox.Signal.Raise();
        return (handle, session);
    }

    public async Task<SsoSession?> FindAsync(string handle) =>
        await ReadAsync(handle) is { } session && session.ExpiresAt > clock.GetUtcNow() ? session : null;

    public async Task<SsoSession?> FindBySessionIdAsync(string sid) =>
        Parse((RedisValue)await Database.ScriptEvaluateAsync(FindBySessionId, [SessionIndexPrefix + sid]));

    public async Task<bool> IsAliveAsync(string sid) =>
        await FindBySessionIdAsync(sid) is { } session && session.ExpiresAt > clock.GetUtcNow();

    /// <summary>The sessions of one person, the latest first.</summary>
    public async Task<IReadOnlyList<SsoSession>> ListAsync(string subject)
    {
        var sids = await Database.SetMembersAsync(UserIndex(subject));
        var sessions = await Task.WhenAll(sids.Select(sid => FindBySessionIdAsync(sid!)));
        return [.. sessions.OfType<SsoSession>().Where(session => session.ExpiresAt > clock.GetUtcNow())
            .OrderByDescending(session => session.AuthenticatedAt)];
    }
}
