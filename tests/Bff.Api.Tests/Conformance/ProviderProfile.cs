using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Conformance;

/// <summary>What the certified provider knows of the BFF, and the BFF of it.</summary>
/// <param name="Setup">For <c>provider/provider.mjs</c>.</param>
/// <param name="Settings">For the BFF.</param>
internal sealed record ProviderProfile(JsonObject Setup, IReadOnlyDictionary<string, string> Settings)
{
    // Both encode it before they join it with the name (RFC 6749 section 2.3.1).
    private const string Secret = "a secret: with+signs/and=more%";

    /// <summary>A secret in the Authorization header, tokens for bearers.</summary>
    public static ProviderProfile Basic() => new(
        new JsonObject
        {
            ["accessTokenLifetime"] = 300,
            ["client"] = new JsonObject
            {
                ["client_id"] = "bff-server",
                ["client_secret"] = Secret,
                ["token_endpoint_auth_method"] = "client_secret_basic",
                ["id_token_signed_response_alg"] = "ES256",
                ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
                ["redirect_uris"] = new JsonArray($"{Portal.Origin}/auth/callback"),
                ["post_logout_redirect_uris"] = new JsonArray($"{Portal.Origin}/"),
            },
        },
        new Dictionary<string, string> { ["Oidc:ClientSecret"] = Secret });

    /// <summary>Every call needs a new access token: what there is never lasts long enough.</summary>
    public ProviderProfile RefreshingAlways() => this with
    {
        Settings = new Dictionary<string, string>(Settings) { ["Bff:AccessTokens:RefreshBefore"] = "00:10:00" },
    };
}
