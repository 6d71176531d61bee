using StackExchange.Redis;

namespace Platform.IdP.Ciba;

/// <summary>Backchannel authentication requests: for the client by their auth_req_id, for the person by who she is.</summary>
internal sealed class CibaRequestStore(IConnectionMultiplexer redis, TimeProvider clock)
    : CrossDeviceStore(redis, "idp:ciba:", clock)
{
    private const string UserIndexPrefix = "idp:ciba-waiting:";

    // KEYS: the user's requests by their expiry, the request. ARGV: now, the most that may wait, id, expiry, record, ms,
    // prefix of decisions; times in ms.
    private const string Add = """
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
        for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
          if redis.call('EXISTS', ARGV[7] .. id) == 1 then redis.call('ZREM', KEYS[1], id) end
        end
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6])
        redis.call('ZADD', KEYS[1], ARGV[4], ARGV[3])
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[6]) then redis.call('PEXPIRE', KEYS[1], ARGV[6]) end
        return 1
        """;

    /// <summary>Keeps a request; false when as many as may wait for this person already do.</summary>
    public async Task<bool> TryAddAsync(string authReqId, CrossDeviceRequest request, int most) =>
        (bool)await Database.ScriptEvaluateAsync(Add, [UserIndexPrefix + request.Subject, KeyOf(authReqId)],
        [
            Clock.GetUtcNow().ToUnixTimeMilliseconds(), most, request.Id, request.ExpiresAt.ToUnixTimeMilliseconds(),
            Write(request), (long)TimeToLive(request).TotalMilliseconds, DecisionKey(""),
        ]);

    /// <summary>What waits for this person's decision, the first to expire first.</summary>
    public async Task<IReadOnlyList<CrossDeviceRequest>> ListWaitingAsync(string subject)
    {
        var ids = await Database.SortedSetRangeByScoreAsync(
            UserIndexPrefix + subject, Clock.GetUtcNow().ToUnixTimeMilliseconds(), exclude: Exclude.Start);
        var waiting = await Task.WhenAll(ids.Select(id => FindWaitingAsync(id!)));
        return [.. waiting.OfType<CrossDeviceRequest>()];
    }
}
