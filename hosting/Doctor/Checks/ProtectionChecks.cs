using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>What a sign-in is protected by: what the BFF insists on must be offered, what the client must do the BFF must do.</summary>
internal static class ProtectionChecks
{
    private const string Group = "Protection of a sign-in";

    public static readonly Check[] All =
    [
        Of("pushed-requests", "Requests are pushed on both sides, or on none (PAR)", PushedRequests),
        Of("pkce", "PKCE is used on both sides, or on none", Pkce),
        Of("signed-responses", "Responses are signed as the BFF expects (JARM)", SignedResponses),
        Of("sender-constraint", "Tokens are bound as both sides want (DPoP)", SenderConstraint),
        Check.Of("signed-requests", Group, "The client need not sign requests", file => file.Provider, file => file.Client, SignedRequests),
    ];

    public static IEnumerable<Finding> PushedRequests(ProviderView provider, ClientView client, Metadata metadata)
    {
        const string Reference = "RFC 9126 section 5";
        if (provider.PushedAuthorization && metadata.Text("pushed_authorization_request_endpoint") is null)
            yield return Lacking("pushed-requests", provider, "has no pushed_authorization_request_endpoint", "PushedAuthorization", Reference);
        else if (!provider.PushedAuthorization &&
            (client.RequirePushedAuthorizationRequests || metadata.Flag("require_pushed_authorization_requests")))
            yield return Demanded("pushed-requests", provider, "push its requests (require_pushed_authorization_requests)",
                "PushedAuthorization", "invalid_request at /authorize", Reference);
    }

    public static IEnumerable<Finding> Pkce(ProviderView provider, ClientView client, Metadata metadata)
    {
        const string Reference = "RFC 7636 section 4.4.1, RFC 8414 section 2";
        if (provider.Pkce && !metadata.Lists("code_challenge_methods_supported", "S256"))
            yield return Lacking("pkce", provider, "does not list S256 in code_challenge_methods_supported", "Pkce", Reference);
        else if (!provider.Pkce && client.RequirePkce)
            yield return Demanded("pkce", provider, "use PKCE (require_pkce)", "Pkce", "invalid_request", Reference);
    }

    public static IEnumerable<Finding> SignedResponses(ProviderView provider, ClientView client, Metadata metadata)
    {
        const string Reference = "JARM sections 2.3 and 4";
        if (provider.SignedResponse && !metadata.Lists("response_modes_supported", "jwt") && !metadata.Lists("response_modes_supported", "query.jwt"))
            yield return Lacking("signed-responses", provider, "does not list jwt in response_modes_supported", "SignedResponse", Reference);
        else if (provider.SignedResponse && client.AuthorizationSignedResponseAlg is { } algorithm && !provider.Algorithms.Contains(algorithm))
            yield return new Finding(
                Severity.Mismatch, "signed-responses",
                $"Responses to this client are signed with {algorithm}, and the BFF takes {string.Join(", ", provider.Algorithms)}.",
                "The BFF refuses every response.",
                $"Change authorization_signed_response_alg in clients.yaml, or {provider.Section}:SigningAlgorithms.", Reference);
        else if (!provider.SignedResponse && client.AuthorizationSignedResponseAlg is not null)
            yield return Demanded("signed-responses", provider, "take signed responses (authorization_signed_response_alg)",
                "SignedResponse", "invalid_request", Reference);
    }

    public static IEnumerable<Finding> SenderConstraint(ProviderView provider, ClientView client, Metadata metadata)
    {
        const string Reference = "RFC 9449 sections 5.1 and 5.2";
        if (provider.DPoP && !metadata.Lists("dpop_signing_alg_values_supported", "ES256"))
            yield return Lacking("sender-constraint", provider, "does not list ES256 in dpop_signing_alg_values_supported", "DPoP", Reference);
        else if (!provider.DPoP && (client.DpopBoundAccessTokens || client.RequiresSenderConstraint))
            yield return Demanded("sender-constraint", provider,
                client.DpopBoundAccessTokens ? "show DPoP proofs (dpop_bound_access_tokens)" : $"bind its tokens (profile {client.Profile})",
                "DPoP", "400 invalid_dpop_proof or invalid_request at the token endpoint", Reference);

        if (client.TlsClientCertificateBoundAccessTokens)
            yield return new Finding(
                Severity.Mismatch, "sender-constraint",
                "The client's tokens must be bound to a certificate (tls_client_certificate_bound_access_tokens), and the BFF has none.",
                "Every token request is refused: the BFF binds its tokens with DPoP.",
                $"Write 'dpop_bound_access_tokens: true' instead at {client.ClientId} in clients.yaml.", "RFC 8705 section 3.4");
    }

    public static IEnumerable<Finding> SignedRequests(ProviderView provider, ClientView client)
    {
        if (client.RequireSignedRequestObject)
            yield return new Finding(
                Severity.Mismatch, "signed-requests",
                "The client must sign its requests " +
                $"({(client.Profile == "fapi2_message_signing" ? "profile fapi2_message_signing" : "require_signed_request_object")}), " +
                "and the BFF sends them unsigned.",
                "Every sign-in is refused, invalid_request_object or invalid_request. The BFF's requests are pushed, which protects them " +
                "on their way.",
                $"Take that out of {client.ClientId} in clients.yaml ('profile: fapi2' keeps all the rest).", "RFC 9101 section 10.5");
    }

    private static Check Of(
        string name, string title, Func<ProviderView, ClientView, Metadata, IEnumerable<Finding>> find) =>
        Check.Of(name, Group, title, file => file.Provider, file => file.Client, file => file.Metadata, find);

    private static Finding Lacking(string check, ProviderView provider, string what, string setting, string reference) => new(
        Severity.Mismatch, check, $"The BFF insists on {setting}, and the IdP {what}.",
        "The BFF refuses to sign anybody in (downgrade_refused): who changes metadata must not switch off what protects people.",
        $"Switch it on at the IdP; if it really lacks that, set {provider.Section}:{setting} to false.", reference);

    private static Finding Demanded(
        string check, ProviderView provider, string what, string setting, string signature, string reference) => new(
        Severity.Mismatch, check, $"The client must {what}, and the BFF has {provider.Section}:{setting}=false.",
        $"Every sign-in is refused: {signature}.",
        $"Set {provider.Section}:{setting} to true, or change the client in clients.yaml.", reference);
}
