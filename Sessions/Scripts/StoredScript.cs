using StackExchange.Redis;

namespace Platform.Sessions.Scripts;

/// <summary>A Lua script of this folder, run as one step of Redis.</summary>
internal sealed class StoredScript
{
    private readonly string _text;

    private StoredScript(string text) => _text = text;

    public static StoredScript Named(string name) => new(Read(name));

    /// <summary>What an event does, once however often it comes.</summary>
    public static StoredScript OfEvent(string name) => new(Read("once") + Read(name));

    /// <summary>What ends one session, and tells of it.</summary>
    public static StoredScript OfEnding(string name) => new(Read(name) + Read("told"));

    private static string Read(string name)
    {
        using var resource = typeof(StoredScript).Assembly.GetManifestResourceStream($"{name}.lua")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    public async Task<RedisResult> RunAsync(
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
