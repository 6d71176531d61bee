using StackExchange.Redis;

namespace Platform.IdP.Passkeys;

/// <summary>WebAuthn ceremonies that wait for an authenticator: the challenge stays on the server and is good for one answer.</summary>
internal sealed class PasskeyCeremonies(IConnectionMultiplexer redis)
{
    private const string Prefix = "idp:passkey:";
    private const string Take = "local state = redis.call('GET', KEYS[1]) redis.call('DEL', KEYS[1]) return state";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <param name="purpose">What the answer is for: it counts for nothing else.</param>
    public async Task<string> BeginAsync(string purpose, string? state)
    {
        var handle = Handle.New();
        await redis.GetDatabase().StringSetAsync(KeyOf(purpose, handle), state ?? "", Lifetime);
        return handle;
    }

    /// <summary>The state; for exactly one caller.</summary>
    public async Task<string?> TakeAsync(string purpose, string? handle) => handle is null
        ? null
        : (string?)(RedisValue)await redis.GetDatabase().ScriptEvaluateAsync(Take, [KeyOf(purpose, handle)]);

    private static RedisKey KeyOf(string purpose, string handle) => $"{Prefix}{purpose}:{Handle.Hash(handle)}";
}
