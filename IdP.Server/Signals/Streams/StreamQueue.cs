using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// What waits for one receiver: first what the transmitter says about the stream itself, which is told even while the stream
/// is paused, then the events (SSF 1.0 section 8.1.5).
/// </summary>
internal sealed class StreamQueue(IConnectionMultiplexer redis, UnreadableEntries unreadable, string streamId)
{
    private const string Prefix = "stream:";

    // KEYS: queue. ARGV: the most entries.
    private const string Trim = """
        local over = redis.call('LLEN', KEYS[1]) - ARGV[1]
        if over <= 0 then return 0 end
        redis.call('LTRIM', KEYS[1], over, -1)
        return over
        """;

    // KEYS: streams, queue. ARGV: id, entry, channel, the queue's destination.
    private const string Add = LiveStream.OrNothing + """
        redis.call('RPUSH', KEYS[2], ARGV[2])
        redis.call('PUBLISH', ARGV[3], ARGV[4])
        return 1
        """;

    private readonly EventQueue _events = new(redis, unreadable, NameOf(streamId));
    private readonly EventQueue _notices = new(redis, unreadable, NoticesOf(streamId));

    /// <summary>The stream's name as a destination of events.</summary>
    public static string NameOf(string streamId) => Prefix + streamId;

    /// <summary>The name of what the transmitter says about the stream itself.</summary>
    public static string NoticesOf(string streamId) => $"{NameOf(streamId)}/notices";

    public static string? StreamOf(string destination) =>
        destination.StartsWith(Prefix, StringComparison.Ordinal) ? destination[Prefix.Length..].Split('/')[0] : null;

    public static IReadOnlyList<RedisKey> KeysOf(string streamId) =>
        [EventQueue.KeyOf(NameOf(streamId)), EventQueue.KeyOf(NoticesOf(streamId))];

    /// <summary>The name of the destination whose queue an event of this type waits in.</summary>
    public static string DestinationOf(string streamId, SecurityEvent raised) => IsNotice(raised) ? NoticesOf(streamId) : NameOf(streamId);

    public static RedisKey KeyOf(string streamId, SecurityEvent raised) => EventQueue.KeyOf(DestinationOf(streamId, raised));

    /// <summary>The oldest that may be sent now.</summary>
    public async Task<IReadOnlyList<QueuedEvent>> PeekAsync(string status, int most)
    {
        var notices = await _notices.PeekAsync(most);
        return status == StreamStatus.Enabled && notices.Count < most
            ? [.. notices, .. await _events.PeekAsync(most - notices.Count)]
            : notices;
    }

    /// <summary>The events alone, whatever the status is, behind so many others.</summary>
    public Task<IReadOnlyList<QueuedEvent>> PeekEventsAsync(long first, int most) => _events.PeekAsync(first, most);

    /// <summary>False when another process, or a bound of the queue, was first.</summary>
    public Task<bool> RemoveAsync(QueuedEvent entry) => (IsNotice(entry.Event) ? _notices : _events).RemoveAsync(entry);

    /// <summary>Adds an event that is for this stream alone; false when the stream has gone meanwhile.</summary>
    public async Task<bool> AddAsync(SecurityEvent raised) => (bool)await redis.GetDatabase().ScriptEvaluateAsync(
        Add,
        [StreamKeys.Streams, KeyOf(streamId, raised)],
        [streamId, Outbox.Entry(raised), (string)Outbox.MovedChannel!, DestinationOf(streamId, raised)]);

    /// <summary>How many events wait, whatever the status is, and since when.</summary>
    public async Task<(long Length, DateTimeOffset? Oldest)> MeasureAsync() =>
        (await _events.CountAsync(), (await _events.PeekAsync())?.Event.RaisedAt);

    /// <summary>Drops the oldest of more events than these; how many those were.</summary>
    public async Task<long> TrimAsync(int most) => (long)await redis.GetDatabase().ScriptEvaluateAsync(
        Trim, [EventQueue.KeyOf(NameOf(streamId))], [most]);

    public Task<bool> TryTakeLeaseAsync() => _events.TryTakeLeaseAsync();

    public Task<bool> RenewLeaseAsync() => _events.RenewLeaseAsync();

    public Task ReleaseLeaseAsync() => _events.ReleaseLeaseAsync();

    private static bool IsNotice(SecurityEvent raised) => raised.Type == EventTypes.StreamUpdated;
}
