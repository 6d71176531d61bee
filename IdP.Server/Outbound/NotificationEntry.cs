using StackExchange.Redis;

namespace Platform.IdP.Outbound;

/// <summary>What <see cref="Set"/> writes.</summary>
/// <param name="Keys">The notification and its queue.</param>
/// <param name="Arguments">The notification, its id, the time of its next attempt, ms to live.</param>
internal sealed record NotificationEntry(RedisKey[] Keys, RedisValue[] Arguments)
{
    /// <summary>The end of a script: writes the entry that stands in KEYS and ARGV from these on.</summary>
    public static string Set(int firstKey, int firstArgument) => $"""
        redis.call('SET', KEYS[{firstKey}], ARGV[{firstArgument}], 'PX', ARGV[{firstArgument + 3}])
        redis.call('ZADD', KEYS[{firstKey + 1}], ARGV[{firstArgument + 2}], ARGV[{firstArgument + 1}])
        redis.call('PEXPIRE', KEYS[{firstKey + 1}], ARGV[{firstArgument + 3}])
        return 1
        """;
}
