using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// Authorization grants in force. A token whose grant is not here any more is dead; that is how a repeated code, a
/// reused refresh token, a withdrawn consent and an administrator end tokens.
/// </summary>
internal sealed class AuthorizationGrantStore(
    IConnectionMultiplexer redis, SsoSessionStore sessions, IOptions<IdpOptions> options)
    : RecordStore<AuthorizationGrant>(redis, "idp:grant:", RecordJson.Default.AuthorizationGrant)
{
    /// <summary>The clients that a person used in a session: they are told when it ends (Logout/SessionClients).</summary>
    public const string SessionClientsPrefix = "idp:sso-clients:";

    private const string UserIndexPrefix = "idp:grants-sub:";

    // KEYS: grant, the user's grants, the clients of the session if there is one.
    // ARGV: record, ms, id, client, the longest that the session may last.
    private const string Save = """
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('SADD', KEYS[2], ARGV[3])
        if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
        if KEYS[3] then
          redis.call('SADD', KEYS[3], ARGV[4])
          redis.call('PEXPIRE', KEYS[3], ARGV[5])
        end
        """;

    // KEYS: grant, the user's grants. ARGV: ms.
    private const string Extend = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        for _, key in ipairs(KEYS) do
          if redis.call('PTTL', key) < tonumber(ARGV[1]) then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return 1
        """;

    private readonly LifetimeOptions _lifetimes = options.Value.Lifetimes;

    /// <summary>Keeps a new grant for as long as its code and an access token may live.</summary>
    public Task SaveAsync(AuthorizationGrant grant) =>
        SaveForAsync(grant, _lifetimes.Code + _lifetimes.AccessToken);

    public Task SaveForAsync(AuthorizationGrant grant, TimeSpan lifetime) => Database.ScriptEvaluateAsync(Save,
        grant.SessionId is null
            ? [KeyOf(grant.Id), UserIndexPrefix + grant.Subject]
            : [KeyOf(grant.Id), UserIndexPrefix + grant.Subject, SessionClientsPrefix + grant.SessionId],
        [Write(grant), (long)lifetime.TotalMilliseconds, grant.Id, grant.ClientId, (long)_lifetimes.SsoSession.TotalMilliseconds]);

    /// <summary>
    /// Lets the grant outlive a refresh token that was issued under it, and the access tokens that this one yields;
    /// false when the grant has ended.
    /// </summary>
    public async Task<bool> ExtendAsync(AuthorizationGrant grant, TimeSpan lifetime) => (bool)await Database.ScriptEvaluateAsync(
        Extend, [KeyOf(grant.Id), UserIndexPrefix + grant.Subject],
        [(long)(lifetime + _lifetimes.AccessToken).TotalMilliseconds]);

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
        foreach (var id in await Database.SetMembersAsync(UserIndexPrefix + subject))
        {
            if (await ReadAsync(id!) is { } grant)
            {
                grants.Add(grant);
            }
            else
            {
                await Database.SetRemoveAsync(UserIndexPrefix + subject, id);
            }
        }

        return grants;
    }
}
