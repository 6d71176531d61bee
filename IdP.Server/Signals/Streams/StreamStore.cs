using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>The streams of all receivers, in one hash: there are few, and each event asks for all of them.</summary>
internal sealed class StreamStore(IConnectionMultiplexer redis)
{
    // KEYS: streams, those of the receiver. ARGV: id, stream, the most that the receiver may have.
    private const string Create = """
        if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('SADD', KEYS[2], ARGV[1])
        return 1
        """;

    // KEYS: streams, notices, queues that hold nothing any more. ARGV: id, the stream that was read, the stream that takes its
    // place, what the receiver is told of it.
    private const string Replace = """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        for index = 3, #KEYS do redis.call('DEL', KEYS[index]) end
        for index = 4, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[index]) end
        return 1
        """;

    // KEYS: streams, those of the receiver, count of destinations gone, what belongs to the stream. ARGV: id.
    private const string Delete = """
        redis.call('INCR', KEYS[3])
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('SREM', KEYS[2], ARGV[1])
        for i = 4, #KEYS do redis.call('DEL', KEYS[i]) end
        """;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>False when the receiver has as many streams as it may have.</summary>
    public async Task<bool> TryCreateAsync(EventStream stream, int most) => (bool)await Database.ScriptEvaluateAsync(
        Create, [StreamKeys.Streams, StreamKeys.Of(stream.ClientId)], [stream.Id, Write(stream), most]);

    public async Task<EventStream?> FindAsync(string id) => (await ReadAsync(id))?.Stream;

    public async Task<IReadOnlyList<EventStream>> ListAsync() =>
        [.. (await Database.HashValuesAsync(StreamKeys.Streams)).Select(value => Parse(value!)).OrderBy(stream => stream.CreatedAt)];

    /// <summary>
    /// Writes what <paramref name="change"/> makes of the present state, which stays if that is null; null when there is no such
    /// stream.
    /// </summary>
    /// <param name="tell">What the receiver is told of the change, in the same step.</param>
    public async Task<EventStream?> ChangeAsync(
        string id, Func<EventStream, EventStream?> change, Func<EventStream, SecurityEvent>? tell = null)
    {
        while (await ReadAsync(id) is var (stream, raw))
        {
            if (change(stream) is not { } changed)
            {
                return stream;
            }

            // Disabled: nothing is held for later.
            RedisKey[] emptied = changed.Status == StreamStatus.Disabled ? [EventQueue.KeyOf(StreamQueue.NameOf(id))] : [];
            RedisValue[] told = tell is null ? [] : [Outbox.Entry(tell(changed))];
            if ((bool)await Database.ScriptEvaluateAsync(
                Replace, [StreamKeys.Streams, EventQueue.KeyOf(StreamQueue.NoticesOf(id)), .. emptied], [id, raw, Write(changed), .. told]))
            {
                return changed;
            }
        }

        return null;
    }

    public Task DeleteAsync(EventStream stream) => Database.ScriptEvaluateAsync(
        Delete,
        [
            StreamKeys.Streams, StreamKeys.Of(stream.ClientId), Outbox.GoneKey, StreamKeys.Record(stream.Id), StreamKeys.Subjects(stream.Id),
            StreamKeys.ComplexSubjects(stream.Id), StreamKeys.DeadLetters(stream.Id),
            .. StreamQueue.KeysOf(stream.Id),
        ],
        [stream.Id]);

    private async Task<(EventStream Stream, string Raw)?> ReadAsync(string id) =>
        (string?)await Database.HashGetAsync(StreamKeys.Streams, id) is { } raw ? (Parse(raw), raw) : null;

    private static string Write(EventStream stream) => JsonSerializer.Serialize(stream, StreamJson.Default.EventStream);

    private static EventStream Parse(string raw) => JsonSerializer.Deserialize(raw, StreamJson.Default.EventStream)!;
}
