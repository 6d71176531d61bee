using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>The addresses of the BFF that the IdP must know.</summary>
internal static class AddressChecks
{
    private const string Group = "Addresses";

    public static readonly Check[] All =
    [
        Check.Of("redirect-uris", Group, "Every redirect URI that the BFF sends is registered, letter by letter",
            file => file.Provider, file => file.Client, RedirectUris),
        Check.Of("post-logout-redirect-uris", Group, "Where the BFF goes after a sign-out is registered",
            file => file.Provider, file => file.Client, PostLogoutRedirectUris),
        Check.Of("backchannel-logout-uri", Group, "The IdP tells the BFF when a session has ended there",
            file => file.Provider, file => file.Client, BackchannelLogoutUri),
    ];

    public static IEnumerable<Finding> RedirectUris(ProviderView provider, ClientView client) =>
        provider.RedirectUris.Except(client.RedirectUris).Select(missing => new Finding(
            Severity.Mismatch, "redirect-uris",
            $"The BFF sends the redirect URI '{missing}', which is not registered. {AddressDifference.Explain(missing, client.RedirectUris)}",
            "Redirect URIs are compared letter by letter: a sign-in from there is refused, invalid_request (or, by a registration, " +
            "400 invalid_redirect_uri).",
            $"Add '{missing}' to redirect_uris of {client.ClientId} in clients.yaml; or correct Bff:PublicUrl, Bff:Origins " +
            "(DCR_REDIRECT_URIS) at the BFF. Where it registers itself: a new DCR_IAT with DCR_FORCE_REPLACE=true, and restart it.",
            "RFC 9700 section 2.1, OpenID Connect Core section 3.1.2.1"));

    public static IEnumerable<Finding> PostLogoutRedirectUris(ProviderView provider, ClientView client) =>
        provider.Client.PostLogoutRedirectUris.Except(client.PostLogoutRedirectUris).Select(missing => new Finding(
            Severity.Mismatch, "post-logout-redirect-uris",
            $"After a sign-out the BFF wants to come back to '{missing}', which is not registered. " +
            AddressDifference.Explain(missing, client.PostLogoutRedirectUris),
            "The person is signed out and left on a page of the IdP.",
            $"Add '{missing}' to post_logout_redirect_uris of {client.ClientId} in clients.yaml.",
            "OpenID Connect RP-Initiated Logout section 3"));

    public static IEnumerable<Finding> BackchannelLogoutUri(ProviderView provider, ClientView client)
    {
        if (client.BackchannelLogoutUri == provider.Client.BackchannelLogoutUri)
            yield break;

        yield return new Finding(
            Severity.Mismatch, "backchannel-logout-uri",
            client.BackchannelLogoutUri is { } other
                ? $"The IdP sends logout tokens to '{other}', and the BFF takes them at '{provider.Client.BackchannelLogoutUri}'. " +
                    AddressDifference.Explain(provider.Client.BackchannelLogoutUri, [other])
                : "The client has no backchannel_logout_uri.",
            "A sign-out at the IdP, or at another client, does not reach the BFF by this way; its sessions wait for a security event.",
            $"Write 'backchannel_logout_uri: {provider.Client.BackchannelLogoutUri}' at {client.ClientId} in clients.yaml.",
            "OpenID Connect Back-Channel Logout section 2.2");
    }
}
