using StackExchange.Redis;

namespace Platform.IdP.Signals.Delivery;

/// <summary>What this version cannot read: it holds up nothing, nobody takes it on, and nothing is lost.</summary>
internal sealed partial class UnreadableEntries(IConnectionMultiplexer redis, ILogger<UnreadableEntries> logger)
{
    public const string Key = "idp:events:unreadable";

    // KEYS: where it stands, those set aside. ARGV: entry.
    private const string Move = """
        if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
        return redis.call('RPUSH', KEYS[2], ARGV[1])
        """;

    /// <summary>Takes the entry out of its list, unless another process has done so.</summary>
    public async Task SetAsideAsync(RedisKey list, RedisValue raw, string fault)
    {
        if ((long)await redis.GetDatabase().ScriptEvaluateAsync(Move, [list, Key], [raw]) > 0)
        {
            LogUnreadable(list.ToString(), Key, fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "An entry of {List} cannot be read and was set aside to {Key}: {Fault}")]
    private partial void LogUnreadable(string list, string key, string fault);
}
