using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>What the BFF asks for.</summary>
internal static class ScopeChecks
{
    private const string Group = "Scopes and grants";

    public static readonly Check[] All =
    [
        Check.Of("scopes", Group, "The client may have every scope that the BFF asks for", file => file.Provider, file => file.Client, Scopes),
        Check.Of("scopes-offered", Group, "The IdP knows these scopes", file => file.Provider, file => file.Metadata, Offered),
        Check.Of("grant-types", Group, "The client has the grants that the BFF uses", file => file.Provider, file => file.Client, Grants),
    ];

    public static IEnumerable<Finding> Scopes(ProviderView provider, ClientView client)
    {
        if (provider.Scopes.Except(client.Scopes).ToList() is [_, ..] missing)
            yield return new Finding(
                Severity.Mismatch, "scopes",
                $"The BFF asks for {Listed(missing)}, which the client may not have.",
                "Every sign-in is refused, 400 invalid_scope.",
                $"Add {Listed(missing)} to scopes of {client.ClientId} in clients.yaml, or take it out of {provider.Section}:Scopes (OIDC_SCOPES).",
                "RFC 6749 section 3.3");
    }

    public static IEnumerable<Finding> Offered(ProviderView provider, Metadata metadata)
    {
        // RFC 8414 section 2: scopes_supported is optional, and need not name all.
        if (metadata.Texts("scopes_supported") is { } offered && provider.Scopes.Except(offered).ToList() is [_, ..] missing)
            yield return new Finding(
                Severity.Mismatch, "scopes-offered",
                $"The BFF asks for {Listed(missing)}, which the IdP does not offer (scopes_supported).",
                "No resource there has it: 400 invalid_scope.",
                $"Add {Listed(missing)} to a resource in resources.yaml of the IdP and restart it, or take it out of {provider.Section}:Scopes.",
                "RFC 8414 section 2");
    }

    public static IEnumerable<Finding> Grants(ProviderView provider, ClientView client)
    {
        // Refresh tokens are asked for with offline_access (OpenID Connect Core section 11).
        var wanted = provider.Scopes.Contains("offline_access") ? ["authorization_code", "refresh_token"] : new[] { "authorization_code" };
        foreach (var missing in wanted.Except(client.GrantTypes))
            yield return new Finding(
                Severity.Mismatch, "grant-types",
                $"The client does not have the grant {missing}.",
                missing == "refresh_token"
                    ? "The BFF asks for offline_access and gets no refresh token: sessions end with their access token."
                    : "Every sign-in is refused, unauthorized_client.",
                $"Add {missing} to grant_types of {client.ClientId} in clients.yaml.",
                "RFC 7591 section 2");
    }

    private static string Listed(IEnumerable<string> scopes) => string.Join(", ", scopes.Select(scope => $"'{scope}'"));
}
