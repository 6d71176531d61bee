using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>Remembers the <c>jti</c> of JWTs that are taken once, each until the JWT has expired.</summary>
internal sealed class UsedIds(IConnectionMultiplexer redis, TimeProvider clock)
{
    /// <summary>True for exactly one caller.</summary>
    /// <param name="issuer">Who chose the id: it is unique for him only.</param>
    public async Task<bool> TryUseAsync(string purpose, string issuer, string id, DateTimeOffset expiresAt) =>
        expiresAt > clock.GetUtcNow() && await redis.GetDatabase().StringSetAsync(
            $"idp:used:{purpose}:{Handle.Hash(issuer)}:{Handle.Hash(id)}", "1", expiresAt - clock.GetUtcNow(), When.NotExists);
}
