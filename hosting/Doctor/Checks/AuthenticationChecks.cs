using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>How the BFF shows at the token endpoint who it is.</summary>
internal static class AuthenticationChecks
{
    public const string PrivateKeyJwt = "private_key_jwt";
    private const string Group = "Client authentication";

    public static readonly Check[] All =
    [
        Check.Of("client", Group, "The BFF's client_id is registered", file => file.Lookup, Registered),
        Check.Of("auth-method", Group, "The BFF authenticates as its client is registered to",
            file => file.Provider, file => file.Client, Method),
        Check.Of("auth-method-offered", Group, "The IdP offers this method",
            file => file.Provider, file => file.Metadata, MethodOffered),
    ];

    public static IEnumerable<Finding> Registered(ClientLookup lookup)
    {
        if (lookup.Client is null)
            yield return new Finding(
                Severity.Mismatch, "client", $"The IdP knows no client '{lookup.ClientId}'.",
                "Every request of the BFF is refused, 401 invalid_client: it was never registered, was removed, or has another name there.",
                "Correct Oidc:ClientId (AUTH_CLIENT_ID) at the BFF, or add the client to clients.yaml; or let the BFF register itself " +
                "(DCR_IAT, DCR_CLIENT_ID).",
                "RFC 6749 section 2.2");
    }

    public static IEnumerable<Finding> Method(ProviderView provider, ClientView client)
    {
        if (provider.TokenAuthMethod == client.TokenEndpointAuthMethod)
            yield break;

        var signature = client.TokenEndpointAuthMethod == PrivateKeyJwt
            ? "401 invalid_client, \"client_assertion_type must be jwt-bearer\": the BFF sends a secret, and the IdP expects an assertion."
            : "401 invalid_client: only the registered method counts.";
        yield return new Finding(
            Severity.Mismatch, "auth-method",
            $"The BFF authenticates by {provider.TokenAuthMethod}, and the client is registered for {client.TokenEndpointAuthMethod}.",
            signature,
            provider.TokenAuthMethod == PrivateKeyJwt
                ? $"Write 'token_endpoint_auth_method: {PrivateKeyJwt}' and 'jwks_uri: {provider.Client.JwksUri}' at {client.ClientId} in " +
                    "clients.yaml; or set MS_BFF_TOKEN_AUTH_METHOD to its method, with AUTH_CLIENT_SECRET, and restart the BFF."
                : $"Set MS_BFF_TOKEN_AUTH_METHOD={client.TokenEndpointAuthMethod} and restart the BFF (for a secret, AUTH_CLIENT_SECRET as " +
                    "well); or change token_endpoint_auth_method in clients.yaml.",
            "RFC 7591 section 2, OpenID Connect Core section 9");
    }

    public static IEnumerable<Finding> MethodOffered(ProviderView provider, Metadata metadata)
    {
        // RFC 8414 section 2: client_secret_basic where nothing is said.
        var offered = metadata.Texts("token_endpoint_auth_methods_supported") ?? ["client_secret_basic"];
        if (!offered.Contains(provider.TokenAuthMethod))
            yield return new Finding(
                Severity.Mismatch, "auth-method-offered",
                $"The BFF authenticates by {provider.TokenAuthMethod}, and the IdP offers {string.Join(", ", offered)}.",
                "The BFF refuses to sign anybody in (downgrade_refused).",
                $"Set {provider.Section}:TokenAuthMethod (MS_BFF_TOKEN_AUTH_METHOD) to one of those, or switch the method on at the IdP.",
                "RFC 8414 section 2");
    }
}
