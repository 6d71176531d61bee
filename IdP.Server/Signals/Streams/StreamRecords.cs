using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Keeps a <see cref="StreamRecord"/> for each stream: a hash whose fields change one by one.</summary>
internal sealed class StreamRecords(IConnectionMultiplexer redis, TimeProvider clock)
{
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Error = "error";
    private const string FailureCount = "failures";
    private const string Retry = "retry";
    private const string Seen = "seen";
    private const string Verified = "verified";
    private const string Delivered = "delivered";
    private const string Dropped = "dropped";

    // KEYS: record. ARGV: now, the interval, field.
    private const string TryVerify = """
        local last = redis.call('HGET', KEYS[1], ARGV[3])
        local wait = last and last + ARGV[2] - ARGV[1] or 0
        if wait > 0 then return wait end
        redis.call('HSET', KEYS[1], ARGV[3], ARGV[1])
        return 0
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
            LastError = fields.TryGetValue(Error, out var error) ? (string?)error : null,
            Failures = (int)Number(FailureCount),
            RetryAt = Time(Retry),
            LastSeen = Time(Seen),
            Delivered = Number(Delivered),
            Dropped = Number(Dropped),
        };

        long Number(string name) => fields.TryGetValue(name, out var value) ? (long)value : 0;
        DateTimeOffset? Time(string name) => Number(name) is > 0 and var time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>The receiver has called (SSF 1.0 section 8.1.1: what keeps the stream from being inactive).</summary>
    public Task SeenAsync(string id) => Database.HashSetAsync(StreamKeys.Record(id), Seen, Now);

    public Task DeliveredAsync(string id, int count)
    {
        var key = StreamKeys.Record(id);
        return Task.WhenAll(
            Database.HashSetAsync(key, Success, Now),
            Database.HashIncrementAsync(key, Delivered, count),
            Database.HashDeleteAsync(key, [FailureCount, Retry]));
    }

    /// <param name="pause">How long nothing is tried.</param>
    public Task FailedAsync(string id, string error, int failures, TimeSpan pause) => Database.HashSetAsync(StreamKeys.Record(id),
    [
        new HashEntry(Failure, Now),
        new HashEntry(Error, error),
        new HashEntry(FailureCount, failures),
        new HashEntry(Retry, Now + (long)pause.TotalMilliseconds),
    ]);

    /// <summary>A SET was refused for good: the next one starts without failures.</summary>
    public Task RefusedAsync(string id, string error)
    {
        var key = StreamKeys.Record(id);
        return Task.WhenAll(
            Database.HashSetAsync(key, [new HashEntry(Failure, Now), new HashEntry(Error, error)]),
            Database.HashDeleteAsync(key, [FailureCount, Retry]));
    }

    public Task DroppedAsync(string id, long count) => Database.HashIncrementAsync(StreamKeys.Record(id), Dropped, count);

    /// <summary>What is tried next is tried at once: the receiver has changed its endpoint, or wants to go on.</summary>
    public Task ForgetFailuresAsync(string id) => Database.HashDeleteAsync(StreamKeys.Record(id), [FailureCount, Retry]);

    /// <summary>Null when a verification may be asked for now, else after how long.</summary>
    public async Task<TimeSpan?> TryVerifyAsync(string id, TimeSpan interval)
    {
        var wait = (long)await Database.ScriptEvaluateAsync(
            TryVerify, [StreamKeys.Record(id)], [Now, (long)interval.TotalMilliseconds, Verified]);
        return wait > 0 ? TimeSpan.FromMilliseconds(wait) : null;
    }
}
