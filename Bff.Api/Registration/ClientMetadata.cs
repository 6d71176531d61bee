using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Bff.Configuration;
using Platform.Bff.Provider;
using Platform.Tokens.Jose;

namespace Platform.Bff.Registration;

/// <summary>How the BFF wants to be known at its provider (RFC 7591 section 2, and the specifications that add to it).</summary>
internal static class ClientMetadata
{
    public static JsonObject Of(OpenIdProvider provider, RegistrationOptions registration, PublicOrigins origins, string publicOrigin)
    {
        var options = provider.Options;
        var callbacks = origins.All.Select(origin => origin + provider.CallbackPath).Concat(registration.RedirectUriList);
        var metadata = new JsonObject
        {
            ["client_name"] = registration.ClientName ?? options.ClientId,
            ["redirect_uris"] = List(callbacks.Distinct()),
            ["post_logout_redirect_uris"] = List(origins.All.Select(origin => $"{origin}/")),
            ["initiate_login_uri"] = $"{publicOrigin}/auth/initiate",
            ["backchannel_logout_uri"] = $"{publicOrigin}/auth/backchannel-logout",
            ["backchannel_logout_session_required"] = true,
            ["token_endpoint_auth_method"] = options.TokenAuthMethod,
            ["jwks_uri"] = $"{publicOrigin}/.well-known/jwks.json",
            ["grant_types"] = List(["authorization_code", "refresh_token"]),
            ["response_types"] = List(["code"]),
            ["scope"] = options.Scopes,
            ["id_token_signed_response_alg"] = Algorithm(options),
            ["require_pushed_authorization_requests"] = options.PushedAuthorization,
            ["dpop_bound_access_tokens"] = options.DPoP,
        };
        if (options.SignedResponse)
        {
            metadata["authorization_signed_response_alg"] = Algorithm(options);
        }

        return metadata;
    }

    /// <summary>By which a later start sees that nothing has changed.</summary>
    public static string HashOf(JsonObject metadata) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(metadata.ToJsonString())));

    private static string Algorithm(OidcOptions options) =>
        (options.SigningAlgorithms is [var first, ..] ? first : JwsAlgorithm.ES256).ToString();

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
