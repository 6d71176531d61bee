using StackExchange.Redis;

namespace Platform.IdP.Clients;

/// <summary>
/// Ends the grants of clients that are gone from clients.yaml, deleted by themselves or by the operator, so that a client that
/// comes to have the same client_id inherits nothing. What any process last knew is in Redis: a removal while nothing ran is
/// found as well. No event tells of it: people stay signed in, and CAEP and RISC speak of people.
/// </summary>
internal sealed partial class ClientDepartures(
    IConnectionMultiplexer redis, ClientRegistry clients, TimeProvider clock, ILogger<ClientDepartures> logger)
    : SnapshotFollower<IReadOnlyDictionary<string, Client>>(clock, logger)
{
    public const string KnownKey = "idp:clients-known";

    // KEYS: the known clients, the client's grants. ARGV: client.
    private const string End = """
        if redis.call('SREM', KEYS[1], ARGV[1]) == 0 then return 0 end
        for _, grant in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do redis.call('DEL', grant) end
        redis.call('DEL', KEYS[2])
        return 1
        """;

    protected override IReadOnlyDictionary<string, Client> Current => clients.Current;

    protected override async Task FollowAsync(IReadOnlyDictionary<string, Client> present, IReadOnlyDictionary<string, Client>? former)
    {
        var database = redis.GetDatabase();
        foreach (var id in (await database.SetMembersAsync(KnownKey)).Select(id => (string)id!).Where(id => !present.ContainsKey(id)))
        {
            if ((bool)await database.ScriptEvaluateAsync(End, [KnownKey, AuthorizationGrantStore.ClientIndex(id)], [id]))
            {
                LogEnded(id);
            }
        }

        if (present.Count > 0)
        {
            await database.SetAddAsync(KnownKey, [.. present.Keys.Select(id => (RedisValue)id)]);
        }
    }

    [LoggerMessage(LogLevel.Information, "The client {ClientId} is gone, and its grants have ended.")]
    private partial void LogEnded(string clientId);
}
