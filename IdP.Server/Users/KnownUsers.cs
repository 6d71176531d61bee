using StackExchange.Redis;

namespace Platform.IdP.Users;

/// <summary>
/// What any process last knew of users.yaml, in Redis, so that a change is found that was made while nothing ran. It changes in
/// the same step as its events are raised, and only from what was read: of several processes that find a change one raises it.
/// </summary>
internal sealed class KnownUsers(IConnectionMultiplexer redis, Outbox outbox)
{
    public const string Key = "idp:users-known";

    // KEYS: outbox, what is known. ARGV: subject, what was read, what is to be known, entries.
    private static readonly string Change = $"""
        {Guard(key: 2, firstArgument: 1)}
        {Outbox.Append(key: 1, firstArgument: 4)}
        return 1
        """;

    /// <summary>
    /// The beginning of a script that ends with -1 when another process was first. An empty text stands for none.
    /// </summary>
    public static string Guard(int key, int firstArgument) => $"""
        if (redis.call('HGET', KEYS[{key}], ARGV[{firstArgument}]) or '') ~= ARGV[{firstArgument + 1}] then return -1 end
        if ARGV[{firstArgument + 2}] == '' then redis.call('HDEL', KEYS[{key}], ARGV[{firstArgument}])
        else redis.call('HSET', KEYS[{key}], ARGV[{firstArgument}], ARGV[{firstArgument + 2}]) end
        """;

    /// <summary>By subject.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync() =>
        (await redis.GetDatabase().HashGetAllAsync(Key)).ToDictionary(
            entry => (string)entry.Name!, entry => (string)entry.Value!, StringComparer.Ordinal);

    /// <summary>False when another process was first.</summary>
    public async Task<bool> TryChangeAsync(KnownUserChange change, IReadOnlyList<SecurityEvent> events)
    {
        var answer = (int)await redis.GetDatabase().ScriptEvaluateAsync(
            Change, [Outbox.Key, Key], [.. change.Arguments, .. events.Select(Outbox.Entry)]);
        outbox.Signal.Raise();
        return answer > 0;
    }
}

/// <param name="Read">What was read; null when there was nothing.</param>
/// <param name="Next">What is to be known; null: nothing.</param>
internal sealed record KnownUserChange(string Subject, string? Read, string? Next)
{
    public IEnumerable<RedisValue> Arguments => [Subject, Read ?? "", Next ?? ""];
}
