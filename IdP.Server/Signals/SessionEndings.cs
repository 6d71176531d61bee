using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Signals;

/// <summary>Ends SSO sessions and grants, and leaves the events that tell of it in the outbox, in one step.</summary>
internal sealed class SessionEndings(
    IConnectionMultiplexer redis, Outbox outbox, IOptions<IdpOptions> options, TimeProvider clock)
{
    // KEYS: outbox, the user's sids, the user's grants, when all that she had was revoked.
    // ARGV: prefix of sids, the one sid or '', which grants, prefix of sessions' grants, the grant that must be there or '',
    // now, the longest that a session may last, entries.
    private static readonly string End = $$"""
        if ARGV[5] ~= '' and redis.call('DEL', ARGV[5]) == 0 then return -1 end
        local sids = ARGV[2] ~= '' and {ARGV[2]} or redis.call('SMEMBERS', KEYS[2])
        local ended = 0
        for _, sid in ipairs(sids) do
          local session = redis.call('GET', ARGV[1] .. sid)
          if session then ended = ended + redis.call('DEL', session) end
          redis.call('DEL', ARGV[1] .. sid)
          redis.call('SREM', KEYS[2], sid)
          if ARGV[3] ~= 'Dependent' then
            for _, grant in ipairs(redis.call('SMEMBERS', ARGV[4] .. sid)) do redis.call('DEL', grant) end
          end
          redis.call('DEL', ARGV[4] .. sid)
        end
        if ARGV[3] == 'OfUser' then
          for _, grant in ipairs(redis.call('SMEMBERS', KEYS[3])) do redis.call('DEL', grant) end
          redis.call('DEL', KEYS[3])
          redis.call('SET', KEYS[4], ARGV[6], 'PX', ARGV[7])
        end
        {{Outbox.Append(key: 1, firstArgument: 8)}}
        return ended
        """;

    /// <summary>Returns how many sessions ended; null when the grant was ended by another.</summary>
    public async Task<int?> EndAsync(SessionEnd end, params IEnumerable<SecurityEvent> events)
    {
        var ended = (int)await redis.GetDatabase().ScriptEvaluateAsync(End,
            [
                Outbox.Key, SsoSessionStore.UserIndex(end.Subject), AuthorizationGrantStore.UserIndex(end.Subject),
                AuthorizationGrantStore.RevokedKey(end.Subject),
            ],
            [
                SsoSessionStore.SessionIndexPrefix, end.SessionId ?? "", end.Grants.ToString(),
                AuthorizationGrantStore.SessionIndexPrefix, end.GrantId is null ? "" : AuthorizationGrantStore.GrantKey(end.GrantId),
                clock.GetUtcNow().ToUnixTimeMilliseconds(), (long)options.Value.Lifetimes.SsoSession.TotalMilliseconds,
                .. events.Select(Outbox.Entry),
            ]);
        if (ended < 0)
        {
            return null;
        }

        outbox.Signal.Raise();
        return ended;
    }
}
