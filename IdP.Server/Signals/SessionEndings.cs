using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Signals;

/// <summary>Ends SSO sessions and grants, and leaves the events that tell of it in the outbox, in one step.</summary>
internal sealed class SessionEndings(
    IConnectionMultiplexer redis, Outbox outbox, IOptions<IdpOptions> options, TimeProvider clock)
{
    // KEYS: outbox, the user's sids, the user's grants, when all that she had was revoked, what is known of users.yaml.
    // ARGV: prefix of sids, the one sid or '', which grants, prefix of sessions' grants, the grant that must be there or '',
    // now, the longest that a session may last.
    private const string Body = """
        if ARGV[5] ~= '' and redis.call('DEL', ARGV[5]) == 0 then return -1 end
        local sids = ARGV[2] ~= '' and {ARGV[2]} or redis.call('SMEMBERS', KEYS[2])
        local ended = 0
        for _, sid in ipairs(sids) do
          local session = redis.call('GET', ARGV[1] .. sid)
          if session then ended = ended + redis.call('DEL', session) end
          redis.call('DEL', ARGV[1] .. sid)
          redis.call('SREM', KEYS[2], sid)
          if ARGV[3] ~= 'Dependent' then
            for _, grant in ipairs(redis.call('ZRANGE', ARGV[4] .. sid, 0, -1)) do redis.call('DEL', grant) end
            redis.call('DEL', ARGV[4] .. sid)
          end
        end
        if ARGV[3] == 'OfUser' then
          for _, grant in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do redis.call('DEL', grant) end
          redis.call('DEL', KEYS[3])
          redis.call('SET', KEYS[4], ARGV[6], 'PX', ARGV[7])
        end
        """;

    // ARGV: as above, then entries.
    private static readonly string End = $"""
        {Body}
        {Outbox.Append(key: 1, firstArgument: 8)}
        return ended
        """;

    // ARGV: as above, then the change of what is known, then entries.
    private static readonly string EndByChange = $"""
        {KnownUsers.Guard(key: 5, firstArgument: 8)}
        {Body}
        {Outbox.Append(key: 1, firstArgument: 11)}
        return ended
        """;

    /// <summary>Returns how many sessions ended; null when another was first to end them for this cause.</summary>
    public async Task<int?> EndAsync(SessionEnd end, IReadOnlyList<SecurityEvent> events)
    {
        var ended = (int)await redis.GetDatabase().ScriptEvaluateAsync(end.Change is null ? End : EndByChange,
            [
                Outbox.Key, SsoSessionStore.UserIndex(end.Subject), AuthorizationGrantStore.UserIndex(end.Subject),
                AuthorizationGrantStore.RevokedKey(end.Subject), KnownUsers.Key,
            ],
            [
                SsoSessionStore.SessionIndexPrefix, end.SessionId ?? "", end.Grants.ToString(),
                AuthorizationGrantStore.SessionIndexPrefix, end.GrantId is null ? "" : AuthorizationGrantStore.GrantKey(end.GrantId),
                clock.GetUtcNow().ToUnixTimeMilliseconds(), (long)options.Value.Lifetimes.SsoSession.TotalMilliseconds,
                .. end.Change?.Arguments ?? [], .. events.Select(Outbox.Entry),
            ]);
        if (ended < 0)
        {
            return null;
        }

        outbox.Signal.Raise();
        return ended;
    }
}
