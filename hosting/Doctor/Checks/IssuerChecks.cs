using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>Who the IdP says that it is, and where.</summary>
internal static class IssuerChecks
{
    private const string Group = "Issuer";

    public static readonly Check[] All =
    [
        Check.Of("issuer", Group, "The IdP's metadata name the issuer as the BFF spells it", file => file.Provider, file => file.Metadata, Issuer),
        Check.Of("metadata", Group, "The BFF sees the metadata, and in them what is served", file => file.Provider, file => file.Metadata, Seen),
        Check.Of("endpoints", Group, "The endpoints are https, and of the issuer's origin",
            file => file.Provider, file => file.Metadata, Endpoints),
        Check.Of("response-issuer", Group, "Authorization responses say who gives them",
            file => file.Provider, file => file.Metadata, ResponseIssuer),
        Check.Of("other-providers", Group, "The BFF sees the metadata of its other providers", file => file.Bff, file => file.Provider, Others),
    ];

    public static IEnumerable<Finding> Issuer(ProviderView provider, Metadata metadata)
    {
        var named = metadata.Text("issuer");
        if (named != provider.Issuer)
            yield return new Finding(
                Severity.Mismatch, "issuer",
                $"The BFF expects the issuer '{provider.Issuer}', and the metadata name '{named}'." +
                (named is null ? "" : $" {AddressDifference.Explain(provider.Issuer, [named])}"),
                "Issuers are compared letter by letter: the BFF takes neither the metadata nor any token.",
                $"Set {provider.Section}:Issuer (OIDC_ISSUER) to the IdP's spelling, or Idp:Issuer there to the one that all clients use.",
                "OpenID Connect Discovery section 4.3, RFC 8414 section 3.3");
    }

    public static IEnumerable<Finding> Seen(ProviderView provider, Metadata metadata)
    {
        if (provider.MetadataFault is { } fault)
            yield return new Finding(
                Severity.Mismatch, "metadata", $"The BFF cannot have the metadata of {provider.Issuer}: {fault}",
                "Nobody new can sign in. From where the doctor runs they are to be had.",
                $"Let the BFF reach {provider.Issuer} (name, network, trusted certificate).", "OpenID Connect Discovery section 4");
        else if (provider.Endpoints is { } endpoints && endpoints.Keys.OriginalString != metadata.Text("jwks_uri"))
            yield return new Finding(
                Severity.Mismatch, "metadata",
                $"The BFF sees the jwks_uri '{endpoints.Keys.OriginalString}', and '{metadata.Text("jwks_uri")}' is served.",
                "It keeps metadata for ten minutes, or it reaches another server under the same name.",
                "Restart the BFF; if that does not help, look at how the name is resolved where it runs.", "OpenID Connect Discovery section 4");
    }

    public static IEnumerable<Finding> Endpoints(ProviderView provider, Metadata metadata)
    {
        // The browser is sent there: it must be public and https. The token endpoint may differ inside a cluster.
        if (provider.Endpoints is { Authorization: var authorization } && authorization.Scheme != Uri.UriSchemeHttps && !authorization.IsLoopback)
            yield return new Finding(
                Severity.Mismatch, "endpoints", $"Browsers are sent to {authorization}, which is not https.",
                "Passwords and codes travel in the clear, and browsers do not keep the cookies of the sign-in page.",
                $"Set {provider.Section}:AuthorizationUrl (OIDC_AUTHORIZATION_URL) to the public https address.", "RFC 9700 section 2.6");

        if (!Uri.TryCreate(metadata.Text("issuer"), UriKind.Absolute, out var issuer))
            yield break;
        foreach (var name in (string[])["authorization_endpoint", "token_endpoint", "jwks_uri", "pushed_authorization_request_endpoint"])
        {
            if (Uri.TryCreate(metadata.Text(name), UriKind.Absolute, out var address) &&
                address.GetLeftPart(UriPartial.Authority) != issuer.GetLeftPart(UriPartial.Authority))
                yield return new Finding(
                    Severity.Note, "endpoints", $"The {name} is {address}, elsewhere than the issuer {issuer}.",
                    "That is allowed, and is seldom meant: Idp:Issuer and the address under which the IdP is reached differ.",
                    "Set Idp:Issuer to the public address, without a slash at its end.", "RFC 8414 section 2");
        }
    }

    public static IEnumerable<Finding> ResponseIssuer(ProviderView provider, Metadata metadata)
    {
        // A signed response names its issuer anyway (JARM section 2.1).
        if (provider is { ResponseIssuer: true, SignedResponse: false } && !metadata.Flag("authorization_response_iss_parameter_supported"))
            yield return new Finding(
                Severity.Mismatch, "response-issuer", "The BFF wants the parameter iss in every response, and the IdP does not promise it.",
                "The BFF refuses to sign anybody in (downgrade_refused).",
                $"Switch it on at the IdP; or set {provider.Section}:ResponseIssuer to false, where no other provider is configured.",
                "RFC 9207 section 3");
    }

    public static IEnumerable<Finding> Others(BffView bff, ProviderView provider) =>
        from other in bff.Providers
        where other.Name != provider.Name && (other.MetadataFault ?? other.Lacks) is not null
        select new Finding(
            Severity.Mismatch, "other-providers",
            $"The provider '{other.Section}' ({other.Issuer}) cannot be used: {other.MetadataFault ?? other.Lacks}.",
            "Nobody new can sign in there.", $"Correct {other.Section} at the BFF, or the provider.");
}
