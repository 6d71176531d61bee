using System.Diagnostics;
using StackExchange.Redis;

namespace Platform.Sessions.Scripts;

/// <summary>A Lua script of this folder, run as one step of Redis.</summary>
internal sealed class StoredScript
{
    private readonly string _text;
    private readonly string? _shownAs;

    private StoredScript(string text, string? shownAs) => (_text, _shownAs) = (text, shownAs);

    /// <summary>One that begins or ends something: a trace shows it.</summary>
    public static StoredScript Named(string name) => new(Read(name), name);

    /// <summary>One that comes with ordinary calls: a span of each would cost and say nothing.</summary>
    public static StoredScript OfCalls(string name) => new(Read(name), shownAs: null);

    /// <summary>What an event does, once however often it comes.</summary>
    public static StoredScript OfEvent(string name) => new(Read("once") + Read(name), name);

    /// <summary>What ends one session, and tells of it.</summary>
    public static StoredScript OfEnding(string name) => new(Read(name) + Read("told"), name);

    private static string Read(string name)
    {
        using var resource = typeof(StoredScript).Assembly.GetManifestResourceStream($"{name}.lua")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    public async Task<RedisResult> RunAsync(
        IConnectionMultiplexer redis, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        using var span = _shownAs is null ? null : SessionsTelemetry.StartScript(_shownAs);
        try
        {
            return await EvaluateAsync(redis, keys, values, cancellationToken);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            span?.SetTag("error.type", away.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private async Task<RedisResult> EvaluateAsync(
        IConnectionMultiplexer redis, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        try
        {
            return await database.ScriptEvaluateAsync(_text, keys, values).WaitAsync(cancellationToken);
        }
        catch (RedisServerException forgotten) when (forgotten.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Redis was restarted behind the connection; the client has noticed and sends the text this time.
            return await database.ScriptEvaluateAsync(_text, keys, values).WaitAsync(cancellationToken);
        }
    }
}
