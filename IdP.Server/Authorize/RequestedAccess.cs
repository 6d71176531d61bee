using Platform.IdP.Resources;

namespace Platform.IdP.Authorize;

/// <summary>
/// What a client asks access to: the checks that are the same for an authorization request, a device authorization request
/// (RFC 8628) and a backchannel authentication request (CIBA).
/// </summary>
internal sealed class RequestedAccess(ResourceRegistry resources, AuthorizationDetailsPolicy details)
{
    public AccessCheck Check(RequestParameters parameters, Client client)
    {
        var authorizationDetails = parameters["authorization_details"];

        // RFC 6749 section 3.3: there is no default scope. RFC 9396 section 3: details may stand alone.
        var scopes = parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
        if (scopes.Length == 0 && authorizationDetails is null)
            return new AccessCheck.Refused("invalid_scope", "scope is missing.");
        if (scopes.Any(scope => !client.Scopes.Contains(scope, StringComparer.Ordinal)))
            return new AccessCheck.Refused("invalid_scope", "The client may not ask for one of these scopes.");

        // RFC 8707 section 2: absolute, no fragment, and a resource server that is known here.
        var requested = parameters.All("resource");
        if (requested.Any(resource => !IsResource(resource)))
            return new AccessCheck.Refused("invalid_target", "resource is not an absolute URI without a fragment.");
        if (requested.Any(resource => !resources.KnowsAudience(resource)))
            return new AccessCheck.Refused("invalid_target", "A resource is unknown.");

        // RFC 9396 section 5
        switch (authorizationDetails is null ? null : details.Check(authorizationDetails, client))
        {
            case AuthorizationDetailsCheck.Refused refused:
                return new AccessCheck.Refused("invalid_authorization_details", refused.Description);
            case AuthorizationDetailsCheck.Valid valid:
                authorizationDetails = valid.Json;
                break;
        }

        // OpenID Connect Core section 5.5
        var claims = parameters["claims"] is { } text ? ClaimsRequest.Check(text) : null;
        if (claims is ClaimsCheck.Refused malformed)
            return new AccessCheck.Refused("invalid_request", malformed.Description);

        return new AccessCheck.Valid(
            [.. scopes.Where(scope => IsHeeded(scope, client))],
            [.. requested.Distinct(StringComparer.Ordinal)],
            authorizationDetails,
            claims as ClaimsCheck.Valid);
    }

    // A URN is a name of a resource as good as an address.
    private static bool IsResource(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 &&
        !resource.Contains('#', StringComparison.Ordinal);

    // OpenID Connect Core section 11: offline_access is ignored where no refresh token can come of it. Consent to it is
    // asked for once and remembered, which is one of the other conditions that the section allows beside prompt=consent.
    private static bool IsHeeded(string scope, Client client) =>
        scope != "offline_access" || client.Grants.Contains(GrantTypes.RefreshToken);
}

internal abstract record AccessCheck
{
    public sealed record Valid(
        IReadOnlyList<string> Scopes, IReadOnlyList<string> Resources, string? AuthorizationDetails,
        ClaimsCheck.Valid? Claims) : AccessCheck;

    public sealed record Refused(string Error, string Description) : AccessCheck;
}
