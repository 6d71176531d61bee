using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

namespace Platform.IdP.Introspection;

/// <summary>What a client may know of a token: of its own, and of those for a resource server that it is.</summary>
internal sealed class TokenIntrospection(
    IssuedAccessTokens accessTokens, RefreshTokenStore refreshTokens, AuthorizationGrantStore grants, ResourceRegistry resources,
    AuthorizationDetailsPolicy policy, ClientRegistry clients, SubjectIdentifiers subjects, IOptions<IdpOptions> options)
{
    // RFC 7662 section 2.2, RFC 8693 section 7, RFC 9396 section 9.2, RFC 9470 section 6.2
    private static readonly string[] Members = ["iss", "sub", "aud", "client_id", "iat", "exp", "jti", "cnf", "act", "auth_time", "acr"];

    /// <summary>Null for whatever is not in force or not the caller's.</summary>
    public async Task<JsonObject?> DescribeAsync(string token, Client caller) =>
        await accessTokens.FindAsync(token) is AccessTokenState.Active active
            ? Describe(active, caller)
            : await DescribeRefreshTokenAsync(token, caller);

    private JsonObject? Describe(AccessTokenState.Active token, Client caller)
    {
        var claims = token.Claims;
        var isOwn = token.ClientId == caller.Id;
        var served = Audiences(claims).Where(audience =>
            resources.Find(audience)?.IntrospectionClients.Contains(caller.Id) is true).ToList();
        if (!isOwn && served.Count == 0)
        {
            return null;
        }

        var answer = new JsonObject
        {
            ["active"] = true,
            ["token_type"] = claims.TryGetProperty("cnf", out var cnf) && cnf.TryGetProperty("jkt", out _) ? "DPoP" : "Bearer",
        };
        foreach (var member in Members)
        {
            if (claims.TryGetProperty(member, out var value))
            {
                answer[member] = Copy(value);
            }
        }

        // RFC 7662 section 2.2: a resource server need not know what the token allows elsewhere.
        var scopes = claims.GetProperty("scope").GetString()!.Split(' ');
        answer["scope"] = string.Join(' ', isOwn ? scopes : scopes.Where(scope => served.Contains(resources.AudienceOf(scope))));
        if (claims.TryGetProperty("authorization_details", out var details))
        {
            // RFC 9396 section 9.2: those that name other locations are not for this resource server.
            answer["authorization_details"] = isOwn ? Copy(details)
                : policy.For(details.GetRawText(), served) is { } concerned ? JsonNode.Parse(concerned) : new JsonArray();
        }

        return answer;
    }

    private async Task<JsonObject?> DescribeRefreshTokenAsync(string token, Client caller) =>
        await refreshTokens.FindAsync(token) is { } record && record.ClientId == caller.Id &&
        !await refreshTokens.IsUsedAsync(token) && await grants.FindAsync(record.GrantId) is { } grant
            ? new JsonObject
            {
                ["active"] = true,
                ["iss"] = options.Value.Issuer,
                ["sub"] = subjects.For(clients.Find(record.ClientId)!, grant.Subject),
                ["client_id"] = record.ClientId,
                ["scope"] = string.Join(' ', grant.Scopes),
                ["exp"] = record.ExpiresAt.ToUnixTimeSeconds(),
            }
            : null;

    private static JsonNode? Copy(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private static IEnumerable<string> Audiences(JsonElement claims) => claims.GetProperty("aud") switch
    {
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(audience => audience.GetString()!),
        var one => [one.GetString()!],
    };
}
