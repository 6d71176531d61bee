using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>Access tokens that were revoked before their end, by jti; remembered as long as they could be used.</summary>
internal sealed class RevokedTokens(IConnectionMultiplexer redis, IOptions<IdpOptions> options)
{
    private const string Prefix = "idp:revoked-token:";

    public Task AddAsync(string tokenId) => redis.GetDatabase().StringSetAsync(
        Prefix + tokenId, "1", options.Value.Lifetimes.AccessToken + options.Value.Lifetimes.Code);

    public Task<bool> ContainsAsync(AccessToken token) =>
        token.Claims.TryGetProperty("jti", out var id) && id.ValueKind is JsonValueKind.String
            ? redis.GetDatabase().KeyExistsAsync(Prefix + id.GetString())
            : Task.FromResult(true);
}
