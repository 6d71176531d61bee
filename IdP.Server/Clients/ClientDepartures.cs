using StackExchange.Redis;

namespace Platform.IdP.Clients;

/// <summary>
/// Ends the grants of clients that are gone from clients.yaml, deleted by themselves or by the operator, so that a client that
/// comes to have the same client_id inherits nothing. What any process last knew is in Redis: a removal while nothing ran is
/// found as well. No event tells of it: people stay signed in, and CAEP and RISC speak of people.
/// </summary>
internal sealed partial class ClientDepartures(
    IConnectionMultiplexer redis, ClientRegistry clients, TimeProvider clock, ILogger<ClientDepartures> logger) : BackgroundService
{
    public const string KnownKey = "idp:clients-known";

    // KEYS: the known clients, the client's grants. ARGV: client.
    private const string End = """
        if redis.call('SREM', KEYS[1], ARGV[1]) == 0 then return 0 end
        for _, grant in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do redis.call('DEL', grant) end
        redis.call('DEL', KEYS[2])
        return 1
        """;

    private object? _done;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ConfigurationReload.Interval, clock);
        try
        {
            do
            {
                await TryLookAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryLookAsync()
    {
        var present = clients.Current;
        if (ReferenceEquals(present, _done))
        {
            return;
        }

        try
        {
            await LookAsync(present);
            _done = present;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
        }
    }

    private async Task LookAsync(IReadOnlyDictionary<string, Client> present)
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

    [LoggerMessage(LogLevel.Warning, "The grants of clients that are gone wait for their end: {Reason}")]
    private partial void LogWaiting(string reason);
}
