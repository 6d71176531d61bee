using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// Authorization grants in force. A token whose grant is not here any more is dead; that is how a repeated code, a
/// reused refresh token, a withdrawn consent and an administrator end tokens.
/// </summary>
internal sealed class AuthorizationGrantStore(
    IConnectionMultiplexer redis, SsoSessionStore sessions, Outbox outbox, IOptions<IdpOptions> options, TimeProvider clock)
    : RecordStore<AuthorizationGrant>(redis, Prefix, RecordJson.Default.AuthorizationGrant)
{
    private const string Prefix = "idp:grant:";

    /// <summary>The clients that a person used in a session: they are told when it ends (Logout/SessionClients).</summary>
    public const string SessionClientsPrefix = "idp:sso-clients:";

    /// <summary>The grants that a session yielded: they end with it when it is revoked.</summary>
    public const string SessionIndexPrefix = "idp:grants-sid:";

    private const string UserIndexPrefix = "idp:grants-sub:";
    private const string ClientIndexPrefix = "idp:grants-client:";
    private const string RevokedPrefix = "idp:revoked-sub:";

    // KEYS: grant, the user's grants, when all that she had was revoked, the client's grants; if there is a session its sid, its
    // grants, its clients, and the outbox. ARGV: record, ms, when she signed in, client, the longest that the session may last, now,
    // when the grant ends, entries.
    private static readonly string Save = $$"""
        local revoked = redis.call('GET', KEYS[3])
        if revoked and tonumber(ARGV[3]) < tonumber(revoked) then return 0 end
        if KEYS[5] and redis.call('EXISTS', KEYS[5]) == 0 then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        for _, index in ipairs({KEYS[2], KEYS[4], KEYS[6]}) do
          redis.call('ZREMRANGEBYSCORE', index, '-inf', ARGV[6])
          redis.call('ZADD', index, ARGV[7], KEYS[1])
          if redis.call('PTTL', index) < tonumber(ARGV[2]) then redis.call('PEXPIRE', index, ARGV[2]) end
        end
        if KEYS[5] then
          redis.call('SADD', KEYS[7], ARGV[4])
          redis.call('PEXPIRE', KEYS[7], ARGV[5])
        end
        {{Outbox.Append(key: 8, firstArgument: 8)}}
        return 1
        """;

    // KEYS: grant, the user's grants, the client's grants, the session's grants if there is one. ARGV: ms, when the grant ends.
    private const string Extend = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        if redis.call('PTTL', KEYS[1]) >= tonumber(ARGV[1]) then return 1 end
        for index, key in ipairs(KEYS) do
          if index > 1 then redis.call('ZADD', key, ARGV[2], KEYS[1]) end
          if redis.call('PTTL', key) < tonumber(ARGV[1]) then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return 1
        """;

    private readonly LifetimeOptions _lifetimes = options.Value.Lifetimes;

    public static string UserIndex(string? subject) => UserIndexPrefix + subject;

    public static string ClientIndex(string clientId) => ClientIndexPrefix + clientId;

    /// <summary>When all that a person had was revoked, in ms: what she allowed before is worth nothing, though redeemed later.</summary>
    public static string RevokedKey(string? subject) => RevokedPrefix + subject;

    public static string GrantKey(string id) => Prefix + Handle.Hash(id);

    /// <summary>
    /// Keeps a new grant for as long as its code and an access token may live; false when its session ended meanwhile, or all
    /// that the person had was revoked.
    /// </summary>
    /// <param name="raised">What else this tells of.</param>
    public Task<bool> SaveAsync(AuthorizationGrant grant, params IEnumerable<SecurityEvent> raised) =>
        SaveForAsync(grant, _lifetimes.Code + _lifetimes.AccessToken, raised);

    public async Task<bool> SaveForAsync(
        AuthorizationGrant grant, TimeSpan lifetime, params IEnumerable<SecurityEvent> raised)
    {
        var isKept = (bool)await Database.ScriptEvaluateAsync(Save,
            [KeyOf(grant.Id), UserIndex(grant.Subject), RevokedKey(grant.Subject), ClientIndex(grant.ClientId), .. SessionKeys(grant)],
            [Write(grant), (long)lifetime.TotalMilliseconds, grant.AuthenticatedAt.ToUnixTimeMilliseconds(), grant.ClientId,
                (long)_lifetimes.SsoSession.TotalMilliseconds, clock.GetUtcNow().ToUnixTimeMilliseconds(), EndOf(lifetime),
                .. raised.Select(Outbox.Entry)]);
        outbox.Signal.Raise();
        return isKept;
    }

    /// <summary>
    /// Lets the grant outlive a refresh token that was issued under it, and the access tokens that this one yields;
    /// false when the grant has ended.
    /// </summary>
    public async Task<bool> ExtendAsync(AuthorizationGrant grant, TimeSpan lifetime) => (bool)await Database.ScriptEvaluateAsync(Extend,
        grant.SessionId is null
            ? [KeyOf(grant.Id), UserIndex(grant.Subject), ClientIndex(grant.ClientId)]
            : [KeyOf(grant.Id), UserIndex(grant.Subject), ClientIndex(grant.ClientId), SessionIndexPrefix + grant.SessionId],
        [(long)(lifetime + _lifetimes.AccessToken).TotalMilliseconds, EndOf(lifetime + _lifetimes.AccessToken)]);

    /// <summary>The grant while it is in force: not revoked, and its browser session alive where it depends on one.</summary>
    public async Task<AuthorizationGrant?> FindAsync(string id) =>
        await ReadAsync(id) is { } grant && (grant.IsOffline || await sessions.IsAliveAsync(grant.SessionId!))
            ? grant
            : null;

    /// <summary>
    /// Whether a grant whose record is at hand is in force. Redis is asked before this returns the task: what is sent to it
    /// afterwards comes later.
    /// </summary>
    public async Task<bool> IsInForceAsync(AuthorizationGrant grant)
    {
        var isKept = Database.KeyExistsAsync(KeyOf(grant.Id));
        return (grant.IsOffline || await sessions.IsAliveAsync(grant.SessionId!)) & await isKept;
    }

    /// <summary>Ends the grant and with it every token that refers to it; true for exactly one caller.</summary>
    public Task<bool> RevokeAsync(string id) => DeleteAsync(id);

    /// <summary>The grants in force of one person.</summary>
    public async Task<IReadOnlyList<AuthorizationGrant>> ListAsync(string subject)
    {
        var grants = new List<AuthorizationGrant>();
        foreach (var key in await Database.SortedSetRangeByRankAsync(UserIndex(subject)))
        {
            if (Parse(await Database.StringGetAsync((string)key!)) is { } grant)
            {
                grants.Add(grant);
            }
        }

        return grants;
    }

    private long EndOf(TimeSpan lifetime) => (clock.GetUtcNow() + lifetime).ToUnixTimeMilliseconds();

    private static IEnumerable<RedisKey> SessionKeys(AuthorizationGrant grant) => grant.SessionId is not { } sid ? [] :
        [SsoSessionStore.SessionIndexPrefix + sid, SessionIndexPrefix + sid, SessionClientsPrefix + sid, Outbox.Key];
}
