using StackExchange.Redis;

namespace Platform.IdP.Clients;

/// <summary>The ids of assertions that were used, as long as they would be accepted.</summary>
internal sealed class SpentAssertions(IConnectionMultiplexer redis, TimeProvider clock)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>Uses the assertion up; true for exactly one caller.</summary>
    public Task<bool> SpendAsync(string issuer, string id, DateTimeOffset expiresAt)
    {
        var rest = expiresAt - clock.GetUtcNow();
        return redis.GetDatabase().StringSetAsync(
            $"idp:assertion:{issuer}:{Handle.Hash(id)}", "1", rest > Least ? rest : Least, When.NotExists);
    }
}
