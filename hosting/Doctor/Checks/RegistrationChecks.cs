using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>
/// The registration of the BFF (RFC 7591), and the policy for it. A client that people wrote into clients.yaml works whatever the
/// policy says; what the policy would refuse of it is worth a note.
/// </summary>
internal static class RegistrationChecks
{
    private const string Group = "Registration";
    private const string Reference = "RFC 7591 sections 2 and 3.2.2";

    public static readonly Check[] All =
    [
        Check.Of("registration", Group, "The BFF's registration went well, and its permission is put away", file => file.Bff, Outcome),
        Check.Of("policy", Group, "The policy (dcr_config.yaml) takes what the BFF would register",
            file => file.Bff, file => file.Provider, file => file.Client, Policy),
        Check.Of("registered-client", Group, "The policy takes the client as it is registered", file => file.Client, Client),
    ];

    public static IEnumerable<Finding> Outcome(BffView bff)
    {
        var registration = bff.Registration;
        if (registration.State is "refused" or "unavailable")
            yield return new Finding(
                Severity.Mismatch, "registration", $"The BFF could not register itself: {registration.Reason}",
                "Until it is registered, nobody can sign in, or what changed of it (a host, a scope) does not work.",
                "What the line says; then restart the BFF. A new DCR_IAT is issued by POST /admin/initial-access-tokens; to replace a client " +
                "of this name set DCR_FORCE_REPLACE=true.",
                Reference);
        else if (registration is { HasInitialAccessToken: true, State: "registered" or "current" })
            yield return new Finding(
                Severity.Note, "registration", "The BFF is registered, and still has an initial access token.",
                "The token is spent; with DCR_FORCE_REPLACE a new one in its place would replace the client.",
                "Take DCR_IAT (and DCR_FORCE_REPLACE) out of its environment.", "RFC 7591 section 3");
    }

    public static IEnumerable<Finding> Policy(BffView bff, ProviderView provider, ClientView client)
    {
        if (client.Registration is not { } policy)
            yield break;

        var severity = bff.Registration.IsWanted ? Severity.Mismatch : Severity.Note;
        if (policy.Profile is null)
        {
            yield return Refused(severity, $"The policy has no profile '{bff.Registration.Profile}'; it has {string.Join(", ", policy.Profiles)}.",
                "400 invalid_client_metadata", "Set DCR_CLIENT_PROFILE (Registration:Profile) to one of those.");
            yield break;
        }

        if (provider.Scopes.Except(policy.AllowedScopes).ToList() is [_, ..] scopes)
            yield return Refused(severity, $"The policy does not allow the scopes {string.Join(", ", scopes)} that the BFF asks for.",
                "400 invalid_scope",
                "Add them to policy.allowed_scopes (and to the profile's, where it has its own) in dcr_config.yaml, restart the IdP, and " +
                "register again.");
        if (provider.RedirectUris.Where(address => !Allows(policy, address)).ToList() is [_, ..] addresses)
            yield return Refused(severity, $"The policy does not allow the redirect URIs {string.Join(", ", addresses)} of the BFF.",
                "400 invalid_redirect_uri",
                "Add the scheme or host to redirect_uri_schemes or redirect_uri_hosts in dcr_config.yaml, or correct DCR_REDIRECT_URIS.");
        if (provider.RedirectUris.Count > policy.MaximumRedirectUris)
            yield return Refused(severity, $"The BFF has {provider.RedirectUris.Count} redirect URIs, the policy allows {policy.MaximumRedirectUris}.",
                "400 invalid_redirect_uri", "Raise maximum_redirect_uris in dcr_config.yaml.");
        if (!policy.TokenEndpointAuthMethods.Contains(provider.TokenAuthMethod))
            yield return Refused(severity,
                $"The profile {policy.Profile} does not have {provider.TokenAuthMethod}, by which the BFF authenticates; it has " +
                $"{string.Join(", ", policy.TokenEndpointAuthMethods)}.",
                "400 invalid_client_metadata",
                "Set DCR_CLIENT_PROFILE to a profile with this method, or MS_BFF_TOKEN_AUTH_METHOD to one of those.");
        if (provider.Client.GrantTypes.Except(policy.GrantTypes).ToList() is [_, ..] grants)
            yield return Refused(severity, $"The profile {policy.Profile} does not have the grants {string.Join(", ", grants)}.",
                "400 invalid_client_metadata", $"Add them to grant_types of {policy.Profile} in dcr_config.yaml.");
    }

    public static IEnumerable<Finding> Client(ClientView client)
    {
        if (client.Registration is { Profile: { } profile, Refused: { } refused })
            yield return new Finding(
                Severity.Note, "registered-client",
                $"The client works as it is written, and the policy would refuse it (profile {profile}): {refused.Error}, {refused.ErrorDescription}",
                "The next change that the BFF makes to its registration is refused.",
                "Align clients.yaml and dcr_config.yaml.", Reference);
    }

    // As the IdP allows them: schemes and hosts, and nothing but absolute addresses.
    private static bool Allows(PolicyView policy, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && policy.RedirectUriSchemes.Contains(uri.Scheme) &&
        policy.RedirectUriHosts?.Contains(uri.Host, StringComparer.OrdinalIgnoreCase) is not false;

    private static Finding Refused(Severity severity, string what, string signature, string fix) => new(
        severity, "policy", what, severity is Severity.Mismatch
            ? $"The registration is refused: {signature}."
            : $"A registration would be refused: {signature}. The BFF does not register itself now.",
        fix, Reference);
}
