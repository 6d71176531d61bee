using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

namespace Platform.IdP.Discovery;

/// <summary>Metadata by OpenID Connect Discovery and by RFC 8414, and the public keys. Only what exists is advertised.</summary>
internal static class DiscoveryEndpoints
{
    private const string KeysPath = "/jwks";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    public static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", ShowMetadata);
        routes.MapGet("/.well-known/oauth-authorization-server", ShowMetadata);
        routes.MapGet(KeysPath, ShowKeys);
    }

    internal static IResult ShowMetadata(HttpResponse response, IOptions<IdpOptions> options, ResourceRegistry resources)
    {
        response.AllowCaching(Kept);
        return TypedResults.Json(Metadata(options.Value.Issuer, resources));
    }

    internal static IResult ShowKeys(HttpResponse response, SigningKeys keys)
    {
        response.AllowCaching(Kept);
        return TypedResults.Text(keys.Published.ToJson(), "application/jwk-set+json");
    }

    private static JsonObject Metadata(string issuer, ResourceRegistry resources) => new()
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = issuer + AuthorizeEndpoints.Path,
        ["pushed_authorization_request_endpoint"] = issuer + PushedRequestEndpoint.Path,
        ["token_endpoint"] = issuer + TokenSetup.Path,
        ["userinfo_endpoint"] = issuer + UserInfoEndpoint.Path,
        ["end_session_endpoint"] = issuer + LogoutEndpoints.Path,
        ["jwks_uri"] = issuer + KeysPath,
        ["scopes_supported"] = List(resources.Scopes),
        ["response_types_supported"] = List(["code"]),
        ["response_modes_supported"] = List(["query"]),
        ["grant_types_supported"] = List(GrantTypes.All),
        ["subject_types_supported"] = List(["public"]),
        ["id_token_signing_alg_values_supported"] = List(["ES256"]),
        ["token_endpoint_auth_methods_supported"] = List(ClientAuthenticationMethods.All),
        ["code_challenge_methods_supported"] = List(["S256"]),
        ["prompt_values_supported"] = List(["none", "login"]),
        ["acr_values_supported"] = List([TokenIssuer.PasswordClass]),
        ["claim_types_supported"] = List(["normal"]),
        ["claims_supported"] = List(["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "sid", "acr", "amr", "at_hash",
            "name", "preferred_username", "email"]),
        ["claims_parameter_supported"] = false,
        ["request_parameter_supported"] = false,

        // OpenID Connect Discovery section 3: absent would mean true. The request_uri of a pushed request is another matter.
        ["request_uri_parameter_supported"] = false,
        ["require_pushed_authorization_requests"] = false,
        ["authorization_response_iss_parameter_supported"] = true,
    };

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
