using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals;

/// <summary>
/// Security events that have happened, in order. An entry is written in the very step that makes the change it tells of, so that
/// neither happens without the other. <see cref="EventDistributor"/> takes them on to where they go.
/// </summary>
internal sealed class Outbox(IConnectionMultiplexer redis)
{
    public const string Key = "idp:outbox";

    /// <summary>Tells the name of each destination that an event was queued for.</summary>
    public static readonly RedisChannel MovedChannel = new("idp:events.queued", RedisChannel.PatternMode.Literal);

    /// <summary>Counts the destinations that were taken away. The script that takes one away counts, in the same step.</summary>
    public const string GoneKey = "idp:outbox:gone";

    // KEYS: outbox, count of destinations gone, queues. ARGV: entry, channel, count, names of the queues' destinations.
    private const string Move = """
        if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return 0 end
        if (redis.call('GET', KEYS[2]) or '0') ~= ARGV[3] then return 0 end
        redis.call('LPOP', KEYS[1])
        for index = 3, #KEYS do
          redis.call('RPUSH', KEYS[index], ARGV[1])
          redis.call('PUBLISH', ARGV[2], ARGV[index + 1])
        end
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Raised when an entry was written.</summary>
    public WorkSignal Signal { get; } = new();

    /// <summary>
    /// The end of a script that makes a change: appends what stands in ARGV from <paramref name="firstArgument"/> on to the list
    /// in KEYS[<paramref name="key"/>].
    /// </summary>
    public static string Append(int key, int firstArgument) =>
        $"for index = {firstArgument}, #ARGV do redis.call('RPUSH', KEYS[{key}], ARGV[index]) end";

    /// <summary>The form in which an event is kept.</summary>
    public static RedisValue Entry(SecurityEvent raised) =>
        JsonSerializer.Serialize(raised, SecurityEventJson.Default.SecurityEvent);

    /// <summary>Writes events that tell of no change in Redis.</summary>
    public async Task AddAsync(params IEnumerable<SecurityEvent> raised)
    {
        await Database.ListRightPushAsync(Key, [.. raised.Select(Entry)]);
        Signal.Raise();
    }

    /// <summary>The oldest entry, as it stands in the list.</summary>
    public async Task<string?> PeekAsync() => (string?)await Database.ListGetByIndexAsync(Key, 0);

    /// <summary>How many destinations are gone: to be read before the destinations of an event are looked for.</summary>
    public async Task<long> CountGoneAsync() => (long)await Database.StringGetAsync(GoneKey);

    /// <summary>
    /// Moves the oldest entry to the queues of all its destinations in one step; false when another process did, or when a
    /// destination has gone since <paramref name="gone"/>, so that nobody would ever empty its queue.
    /// </summary>
    public async Task<bool> MoveAsync(string head, IReadOnlyList<string> destinations, long gone) =>
        (bool)await Database.ScriptEvaluateAsync(Move,
            [Key, GoneKey, .. destinations.Select(name => (RedisKey)EventQueue.KeyOf(name))],
            [head, (string)MovedChannel!, gone, .. destinations.Select(name => (RedisValue)name)]);
}
