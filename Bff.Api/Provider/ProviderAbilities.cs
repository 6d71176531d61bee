using System.Text.Json;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Provider;

/// <summary>
/// Whether a provider promises what the configuration relies on (RFC 8414 section 2). What it does not is no reason to do
/// without it silently: somebody who can change the metadata could switch every defence off.
/// </summary>
internal static class ProviderAbilities
{
    /// <summary>The first that is missing, with the setting that does without it; null when all is there.</summary>
    public static string? Missing(OpenIdProvider provider, ProviderMetadata metadata)
    {
        var options = provider.Options;
        var section = provider.Name.Length == 0 ? "Oidc" : $"Providers:{provider.Name}";

        // RFC 9126 section 5
        if (options.PushedAuthorization && metadata.PushedAuthorizationRequestEndpoint is null)
            return Lacks("pushed_authorization_request_endpoint", "PushedAuthorization");

        // RFC 7636, as RFC 8414 section 2 announces it
        if (options.Pkce && !Lists(metadata, "code_challenge_methods_supported", "S256"))
            return Lacks("code_challenge_methods_supported with S256", "Pkce");

        // JARM section 4
        if (options.SignedResponse && !Lists(metadata, "response_modes_supported", "jwt") &&
            !Lists(metadata, "response_modes_supported", "query.jwt"))
            return Lacks("response_modes_supported with jwt", "SignedResponse");

        // RFC 9207 section 3; a signed response names its issuer anyway (JARM section 2.1)
        if (options is { ResponseIssuer: true, SignedResponse: false } && !metadata.AuthorizationResponseIssParameterSupported)
            return Lacks("authorization_response_iss_parameter_supported", "ResponseIssuer");

        // RFC 9449 section 5.1
        if (options.DPoP && !Lists(metadata, "dpop_signing_alg_values_supported", "ES256"))
            return Lacks("dpop_signing_alg_values_supported with ES256", "DPoP");

        // RFC 8414 section 2: client_secret_basic where nothing is said
        if (metadata.Json.TryGetProperty("token_endpoint_auth_methods_supported", out _)
            ? !Lists(metadata, "token_endpoint_auth_methods_supported", options.TokenAuthMethod)
            : options.TokenAuthMethod != Configuration.TokenAuthMethods.ClientSecretBasic)
            return $"the provider's metadata does not offer {options.TokenAuthMethod}: set {section}:TokenAuthMethod to a method that it offers";

        return null;

        string Lacks(string member, string setting) =>
            $"the provider's metadata has no {member}: if it really lacks that, set {section}:{setting} to false";
    }

    private static bool Lists(ProviderMetadata metadata, string name, string value) =>
        metadata.Json.TryGetProperty(name, out var values) && values.ValueKind is JsonValueKind.Array &&
        values.EnumerateArray().Any(entry => entry.ValueKind is JsonValueKind.String && entry.ValueEquals(value));
}
