using StackExchange.Redis;

namespace Platform.IdP.Ciba;

/// <summary>Backchannel authentication requests: for the client by their auth_req_id, for the person by who she is.</summary>
internal sealed class CibaRequestStore(IConnectionMultiplexer redis, TimeProvider clock)
    : CrossDeviceStore(redis, "idp:ciba:", clock)
{
    private const string UserIndexPrefix = "idp:ciba-sub:";

    /// <summary>What a page shows; more at a time is an attempt to wear a person out.</summary>
    private const int MostShown = 10;

    // KEYS: the user's requests. ARGV: id, ms.
    private const string Index = """
        redis.call('SADD', KEYS[1], ARGV[1])
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        """;

    public async Task SaveForUserAsync(string authReqId, CrossDeviceRequest request)
    {
        await SaveAsync(authReqId, request);
        await Database.ScriptEvaluateAsync(
            Index, [UserIndexPrefix + request.Subject], [request.Id, (long)TimeToLive(request).TotalMilliseconds]);
    }

    /// <summary>What waits for this person's decision.</summary>
    public async Task<IReadOnlyList<CrossDeviceRequest>> ListWaitingAsync(string subject)
    {
        var waiting = new List<CrossDeviceRequest>();
        foreach (var id in await Database.SetMembersAsync(UserIndexPrefix + subject))
        {
            if (await FindWaitingAsync(id!) is { } request)
            {
                waiting.Add(request);
            }
            else
            {
                await Database.SetRemoveAsync(UserIndexPrefix + subject, id);
            }
        }

        return [.. waiting.OrderBy(request => request.ExpiresAt).Take(MostShown)];
    }
}
