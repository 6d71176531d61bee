using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>The SETs that a receiver would not have: the latest of them, for its administrator.</summary>
internal sealed partial class DeadLetters(
    IConnectionMultiplexer redis, StreamRecords records, TimeProvider clock, ILogger<DeadLetters> logger)
{
    private const int Most = 1000;
    private const int LongestWord = 200;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Puts the event away. What the receiver said is a stranger's text, of which not too much is kept.</summary>
    public async Task AddAsync(EventStream stream, QueuedEvent entry, string err, string? description)
    {
        var letter = new DeadLetter(
            StreamSets.IdOf(stream, entry.Event), entry.Event.Type, Short(err)!, Short(description), clock.GetUtcNow(), entry.Raw);
        var key = StreamKeys.DeadLetters(stream.Id);
        await Database.ListRightPushAsync(key, JsonSerializer.Serialize(letter, StreamJson.Default.DeadLetter));
        await Database.ListTrimAsync(key, -Most, -1);
        await records.RefusedAsync(stream.Id, $"{letter.Err} {letter.Description}".Trim());
        await new StreamQueue(redis, stream.Id).RemoveAsync(entry);
        IdpTelemetry.StreamDeadLetters.Add(1, new("client", stream.ClientId), new("type", entry.Event.Type));
        LogRefused(stream.ClientId, stream.Id, letter.Jti, letter.Type, letter.Err, letter.Description);
    }

    public Task<long> CountAsync(string streamId) => Database.ListLengthAsync(StreamKeys.DeadLetters(streamId));

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string streamId, int most) =>
        [.. (await Database.ListRangeAsync(StreamKeys.DeadLetters(streamId), -most, -1)).Reverse()
            .Select(raw => JsonSerializer.Deserialize((string)raw!, StreamJson.Default.DeadLetter)!)];

    // Control characters could make a second line of a log.
    private static string? Short(string? text) => text is null ? null : string.Concat(
        text.Where(character => !char.IsControl(character)).Take(LongestWord));

    [LoggerMessage(LogLevel.Error,
        "{ClientId} refused the security event {EventId} ({Type}) on stream {StreamId}, {Err}: {Description}. It is among the dead letters.")]
    private partial void LogRefused(string clientId, string streamId, string eventId, string type, string err, string? description);
}
