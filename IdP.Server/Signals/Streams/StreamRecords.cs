using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Keeps a <see cref="StreamRecord"/> for each stream: a hash whose fields change one by one.</summary>
internal sealed class StreamRecords(IConnectionMultiplexer redis, TimeProvider clock)
{
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Error = "error";
    private const string FailureCount = "failures";
    private const string RefusedJti = "refused";
    private const string RefusalCount = "refusals";
    private const string Retry = "retry";
    private const string Seen = "seen";
    private const string Verified = "verified";
    private const string Delivered = "delivered";
    private const string Dropped = "dropped";

    // KEYS: streams, record. ARGV: id, now, the interval, field.
    private const string TryVerify = LiveStream.OrNothing + """
        local last = redis.call('HGET', KEYS[2], ARGV[4])
        local wait = last and last + ARGV[3] - ARGV[2] or 0
        if wait > 0 then return wait end
        redis.call('HSET', KEYS[2], ARGV[4], ARGV[2])
        return 0
        """;

    // KEYS: streams, record. ARGV: id, a counter and by how much it grows, whether failures are forgotten, fields and values.
    private const string Write = LiveStream.OrNothing + $"""
        if ARGV[2] ~= '' then redis.call('HINCRBY', KEYS[2], ARGV[2], ARGV[3]) end
        if ARGV[4] == '1' then redis.call('HDEL', KEYS[2], '{FailureCount}', '{RefusedJti}', '{RefusalCount}', '{Retry}') end
        for index = 5, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1]) end
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<StreamRecord> ReadAsync(string id)
    {
        var fields = (await Database.HashGetAllAsync(StreamKeys.Record(id))).ToDictionary(field => (string)field.Name!, field => field.Value);
        return new StreamRecord
        {
            LastSuccess = Time(Success),
            LastFailure = Time(Failure),
            LastError = Text(Error),
            Failures = (int)Number(FailureCount),
            Refusals = (Text(RefusedJti), (int)Number(RefusalCount)),
            RetryAt = Time(Retry),
            LastSeen = Time(Seen),
            Delivered = Number(Delivered),
            Dropped = Number(Dropped),
        };

        string? Text(string name) => fields.TryGetValue(name, out var value) ? (string?)value : null;
        long Number(string name) => fields.TryGetValue(name, out var value) ? (long)value : 0;
        DateTimeOffset? Time(string name) => Number(name) is > 0 and var time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>The receiver has called (SSF 1.0 section 8.1.1: what keeps the stream from being inactive).</summary>
    public Task SeenAsync(string id) => WriteAsync(id, set: [new(Seen, Now)]);

    public Task DeliveredAsync(string id, int count) =>
        WriteAsync(id, Delivered, count, forgetsFailures: true, [new(Success, Now)]);

    /// <param name="pause">How long nothing is tried.</param>
    public Task FailedAsync(string id, string error, int failures, TimeSpan pause) => WriteAsync(id, set:
    [
        new(Failure, Now),
        new(Error, error),
        new(FailureCount, failures),
        new(Retry, Now + (long)pause.TotalMilliseconds),
    ]);

    /// <summary>A SET was refused for what may pass.</summary>
    /// <param name="count">How often by now.</param>
    public Task RefusedForNowAsync(string id, string jti, int count) => WriteAsync(id, set: [new(RefusedJti, jti), new(RefusalCount, count)]);

    /// <summary>A SET was refused for good: the next one starts without failures.</summary>
    public Task RefusedAsync(string id, string error) =>
        WriteAsync(id, forgetsFailures: true, set: [new(Failure, Now), new(Error, error)]);

    public Task DroppedAsync(string id, long count) => WriteAsync(id, Dropped, count);

    /// <summary>What is tried next is tried at once: the receiver has changed its endpoint, or wants to go on.</summary>
    public Task ForgetFailuresAsync(string id) => WriteAsync(id, forgetsFailures: true);

    /// <summary>Null when a verification may be asked for now, else after how long.</summary>
    public async Task<TimeSpan?> TryVerifyAsync(string id, TimeSpan interval)
    {
        var wait = (long)await Database.ScriptEvaluateAsync(
            TryVerify, [StreamKeys.Streams, StreamKeys.Record(id)], [id, Now, (long)interval.TotalMilliseconds, Verified]);
        return wait > 0 ? TimeSpan.FromMilliseconds(wait) : null;
    }

    private async Task WriteAsync(
        string id, string counter = "", long by = 0, bool forgetsFailures = false, params IReadOnlyList<HashEntry> set) =>
        await Database.ScriptEvaluateAsync(
            Write,
            [StreamKeys.Streams, StreamKeys.Record(id)],
            [id, counter, by, forgetsFailures ? 1 : 0, .. set.SelectMany(entry => new[] { entry.Name, entry.Value })]);
}
