namespace Platform.Doctor.Evidence;

/// <summary>A client as the IdP has it, at <c>/admin/clients/{client_id}</c> (docs/idp.md), as far as it is looked at.</summary>
internal sealed record ClientView(
    string ClientId, string Profile, string TokenEndpointAuthMethod, bool HasSecret, IReadOnlyList<string> GrantTypes,
    IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris,
    string? BackchannelLogoutUri, string? JwksUri, IReadOnlyList<ClientKeyView>? Keys, string? KeysFault,
    IReadOnlyList<string> UnusableKeys, IReadOnlyList<string> AssertionAlgorithms, string IdTokenSignedResponseAlg,
    string? AuthorizationSignedResponseAlg, bool RequirePushedAuthorizationRequests, bool RequirePkce, bool RequireSignedRequestObject,
    bool DpopBoundAccessTokens, bool TlsClientCertificateBoundAccessTokens, bool RequiresSenderConstraint, PolicyView? Registration);

internal sealed record ClientKeyView(string? Kid, string Kty, string? Alg, string Thumbprint);

/// <summary>What the policy for registration (<c>dcr_config.yaml</c>) allows.</summary>
internal sealed record PolicyView(
    string? Profile, IReadOnlyList<string> Profiles, IReadOnlyList<string> AllowedScopes, IReadOnlyList<string> RedirectUriSchemes,
    IReadOnlyList<string>? RedirectUriHosts, int MaximumRedirectUris, IReadOnlyList<string> TokenEndpointAuthMethods,
    IReadOnlyList<string> GrantTypes, RefusalView? Refused);

internal sealed record RefusalView(string Error, string ErrorDescription);

/// <param name="Client">Null when nobody is registered under this name.</param>
internal sealed record ClientLookup(string ClientId, ClientView? Client);
