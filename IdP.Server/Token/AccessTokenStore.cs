using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Token;

/// <summary>
/// What must be kept of access tokens: the claims of those that are references, and the ids of those that were revoked
/// before their time, until they would have expired anyway.
/// </summary>
internal sealed class AccessTokenStore(IConnectionMultiplexer redis)
{
    private const string Prefix = "idp:access:";
    private const string RevokedPrefix = "idp:access-revoked:";

    private IDatabase Database => redis.GetDatabase();

    /// <returns>The token that stands for the claims.</returns>
    public async Task<string> SaveAsync(ReadOnlyMemory<byte> claims, TimeSpan lifetime)
    {
        var token = Handle.New();
        await Database.StringSetAsync(Prefix + Handle.Hash(token), claims.ToArray(), lifetime);
        return token;
    }

    /// <summary>The claims that the token stands for.</summary>
    public async Task<JsonElement?> FindAsync(string token) =>
        (byte[]?)await Database.StringGetAsync(Prefix + Handle.Hash(token)) is { } claims ? JsonElement.Parse(claims) : null;

    public Task RevokeAsync(string id, TimeSpan remaining) =>
        Database.StringSetAsync(RevokedPrefix + id, "1", remaining > TimeSpan.Zero ? remaining : TimeSpan.FromSeconds(1));

    public Task<bool> IsRevokedAsync(string id) => Database.KeyExistsAsync(RevokedPrefix + id);
}
