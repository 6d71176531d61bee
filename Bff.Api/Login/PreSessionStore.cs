using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using StackExchange.Redis;

namespace Platform.Bff.Login;

/// <summary>Sign-ins that have begun, in Redis, so that any replica may finish them.</summary>
internal sealed class PreSessionStore(IConnectionMultiplexer redis, IOptions<BffOptions> options)
{
    public Task SaveAsync(string state, PreSession preSession, CancellationToken cancellationToken) =>
        redis.GetDatabase()
            .StringSetAsync(
                Key(state), JsonSerializer.Serialize(preSession, LoginJson.Default.PreSession), options.Value.SignInLifetime)
            .WaitAsync(cancellationToken);

    /// <summary>Takes it out in one step: a state works once, however many callbacks arrive at the same time.</summary>
    public async Task<PreSession?> TakeAsync(string state, CancellationToken cancellationToken)
    {
        var taken = await redis.GetDatabase().ExecuteAsync("GETDEL", Key(state)).WaitAsync(cancellationToken);
        return (string?)taken is { } json ? JsonSerializer.Deserialize(json, LoginJson.Default.PreSession) : null;
    }

    private static RedisKey Key(string state) => $"pkce:{state}";
}
