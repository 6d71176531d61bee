using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>Remembers the <c>jti</c> of JWTs that are taken once, each until the JWT has expired.</summary>
internal sealed class UsedIds(IConnectionMultiplexer redis, TimeProvider clock)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>True for exactly one caller.</summary>
    /// <param name="issuer">Who chose the id: it is unique for him only.</param>
    public Task<bool> TryUseAsync(string purpose, string issuer, string id, DateTimeOffset expiresAt)
    {
        var rest = expiresAt - clock.GetUtcNow();
        return redis.GetDatabase().StringSetAsync(
            $"idp:used:{purpose}:{Handle.Hash(issuer)}:{Handle.Hash(id)}", "1", rest > Least ? rest : Least, When.NotExists);
    }
}
