using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Conformance;

/// <summary>
/// What the certified provider can do and insists on, and what the BFF is told of it. By itself it is everything that the BFF
/// asks for unless told otherwise, under the provider's own FAPI 2.0 rules.
/// </summary>
internal sealed record ProviderProfile
{
    // Both encode it before they join it with the name (RFC 6749 section 2.3.1).
    private const string Secret = "a secret: with+signs/and=more%";

    public string TokenAuthMethod { get; init; } = "private_key_jwt";

    public bool PushedAuthorization { get; init; } = true;

    public bool Pkce { get; init; } = true;

    public bool SignedResponse { get; init; } = true;

    public bool DPoP { get; init; } = true;

    /// <summary>Every call needs a new access token: what there is never lasts long enough.</summary>
    public bool RefreshesAlways { get; init; }

    /// <summary>The scheme of the calls to the API.</summary>
    public string Scheme => DPoP ? "DPoP" : "Bearer";

    private bool IsFapi => TokenAuthMethod is "private_key_jwt" && PushedAuthorization && Pkce && DPoP;

    /// <summary>Each on, each off, and as little as a provider may have.</summary>
    public static IReadOnlyDictionary<string, ProviderProfile> All { get; } = new Dictionary<string, ProviderProfile>
    {
        ["everything"] = new(),
        ["client_secret_basic"] = new() { TokenAuthMethod = "client_secret_basic" },
        ["client_secret_post"] = new() { TokenAuthMethod = "client_secret_post" },
        ["no pushed requests"] = new() { PushedAuthorization = false },
        ["no PKCE"] = new() { Pkce = false },
        ["no signed responses"] = new() { SignedResponse = false },
        ["no DPoP"] = new() { DPoP = false },
        ["least"] = new()
        {
            TokenAuthMethod = "client_secret_basic",
            PushedAuthorization = false,
            Pkce = false,
            SignedResponse = false,
            DPoP = false,
        },
    };

    /// <summary>For <c>provider/provider.mjs</c>: a provider without a feature does not know it.</summary>
    /// <param name="key">The client's.</param>
    /// <param name="portal">Where the provider finds the portal.</param>
    public JsonObject Setup(SigningKey key, string portal) => new()
    {
        ["accessTokenLifetime"] = 300,
        ["pkce"] = Pkce,
        ["features"] = new JsonObject
        {
            ["pushedAuthorizationRequests"] = new JsonObject
            {
                ["enabled"] = PushedAuthorization,
                ["requirePushedAuthorizationRequests"] = PushedAuthorization,
            },
            ["jwtResponseModes"] = new JsonObject { ["enabled"] = SignedResponse },
            ["dPoP"] = new JsonObject { ["enabled"] = DPoP },
            ["fapi"] = new JsonObject { ["enabled"] = IsFapi, ["profile"] = "2.0" },
        },
        ["client"] = Client(key, portal),
    };

    /// <summary>For the BFF.</summary>
    public Dictionary<string, string> Settings(SigningKey key) => new()
    {
        ["Oidc:TokenAuthMethod"] = TokenAuthMethod,
        ["Oidc:ClientSecret"] = Secret,
        ["Oidc:PushedAuthorization"] = $"{PushedAuthorization}",
        ["Oidc:Pkce"] = $"{Pkce}",
        ["Oidc:SignedResponse"] = $"{SignedResponse}",
        ["Oidc:DPoP"] = $"{DPoP}",
        ["Bff:Keys:SigningKey"] = key.ToPem(),
        ["Bff:AccessTokens:RefreshBefore"] = RefreshesAlways ? "00:10:00" : "00:00:30",
    };

    private JsonObject Client(SigningKey key, string portal)
    {
        var client = new JsonObject
        {
            ["client_id"] = "bff-server",
            ["token_endpoint_auth_method"] = TokenAuthMethod,
            ["id_token_signed_response_alg"] = "ES256",
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["redirect_uris"] = new JsonArray($"{Portal.Origin}/auth/callback"),
            ["post_logout_redirect_uris"] = new JsonArray($"{Portal.Origin}/"),
            ["backchannel_logout_uri"] = $"{portal}/auth/backchannel-logout",
            ["backchannel_logout_session_required"] = true,
        };
        if (TokenAuthMethod is "private_key_jwt")
        {
            client["token_endpoint_auth_signing_alg"] = "ES256";
            client["jwks"] = JsonNode.Parse(new JsonWebKeySet([key.PublicKey]).ToJson());
        }
        else
        {
            client["client_secret"] = Secret;
        }

        if (SignedResponse)
        {
            client["authorization_signed_response_alg"] = "ES256";
        }

        if (DPoP)
        {
            client["dpop_bound_access_tokens"] = true;
        }

        return client;
    }
}
