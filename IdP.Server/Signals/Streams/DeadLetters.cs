using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>The SETs that a receiver would not have: the latest of them, for its administrator.</summary>
internal sealed partial class DeadLetters(
    IConnectionMultiplexer redis, UnreadableEntries unreadable, StreamRecords records, TimeProvider clock, ILogger<DeadLetters> logger)
{
    private const int Most = 1000;
    private const int LongestWord = 200;

    // From the queue to the dead letters in one step: whatever dies, it is in one of the two.
    // KEYS: streams, queue, dead letters. ARGV: id, entry, letter, the most letters.
    private const string Move = LiveStream.OrNothing + """
        if redis.call('LREM', KEYS[2], 1, ARGV[2]) == 0 then return 0 end
        redis.call('RPUSH', KEYS[3], ARGV[3])
        redis.call('LTRIM', KEYS[3], -ARGV[4], -1)
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Puts the event away, unless it waits no more: another process was first, or a bound of the queue.</summary>
    public async Task AddAsync(EventStream stream, QueuedEvent entry, string err, string? description)
    {
        var letter = new DeadLetter(
            StreamSets.IdOf(stream, entry.Event), entry.Event.Type, Short(err), Short(description), clock.GetUtcNow(), entry.Raw);
        if (!(bool)await Database.ScriptEvaluateAsync(
            Move,
            [StreamKeys.Streams, StreamQueue.KeyOf(stream.Id, entry.Event), StreamKeys.DeadLetters(stream.Id)],
            [stream.Id, entry.Raw, JsonSerializer.Serialize(letter, StreamJson.Default.DeadLetter), Most]))
        {
            return;
        }

        await records.RefusedAsync(stream.Id, $"{letter.Err} {letter.Description}".Trim());
        IdpTelemetry.StreamDeadLetters.Add(1, new("client", stream.ClientId), new("type", entry.Event.Type));
        LogRefused(stream.ClientId, stream.Id, letter.Jti, letter.Type, letter.Err, letter.Description);
    }

    public Task<long> CountAsync(string streamId) => Database.ListLengthAsync(StreamKeys.DeadLetters(streamId));

    /// <summary>All of them, the oldest first, each with its form in the list.</summary>
    public async Task<IReadOnlyList<(DeadLetter Letter, string Raw)>> ListAsync(string streamId)
    {
        var key = StreamKeys.DeadLetters(streamId);
        var letters = new List<(DeadLetter, string)>();
        foreach (var raw in await Database.ListRangeAsync(key))
        {
            try
            {
                letters.Add((Read(raw!), raw!));
            }
            catch (JsonException fault)
            {
                await unreadable.SetAsideAsync(key, raw, fault.Message);
            }
        }

        return letters;
    }

    private static DeadLetter Read(string raw) =>
        JsonSerializer.Deserialize(raw, StreamJson.Default.DeadLetter) ?? throw new JsonException("The entry is no dead letter.");

    /// <summary>
    /// What a receiver said is a stranger's text, of which not too much is kept; control characters could make a second line of a log.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Short(string? text) => text is null ? null : string.Concat(
        text.Where(character => !char.IsControl(character)).Take(LongestWord));

    [LoggerMessage(LogLevel.Error,
        "{ClientId} refused the security event {EventId} ({Type}) on stream {StreamId}, {Err}: {Description}. It is among the dead letters.")]
    private partial void LogRefused(string clientId, string streamId, string eventId, string type, string err, string? description);
}
