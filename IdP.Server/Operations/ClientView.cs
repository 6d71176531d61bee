using System.Text.Json.Serialization;

namespace Platform.IdP.Operations;

/// <summary>What an administrator sees of a client, in the words of RFC 7591 section 2. Each member is chosen: no secret, no hash of one.</summary>
/// <param name="HasSecret">Whether it can authenticate by one.</param>
/// <param name="AssertionAlgorithms">What its assertions may be signed with.</param>
/// <param name="RequiresSenderConstraint">Whether its tokens must be bound to a key (FAPI 2.0 section 5.3.2.1).</param>
/// <param name="Registration">Null where registration is off.</param>
internal sealed record ClientView(
    string ClientId, string Profile, string TokenEndpointAuthMethod, bool HasSecret, IReadOnlyList<string> GrantTypes,
    IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris,
    Uri? BackchannelLogoutUri, Uri? FrontchannelLogoutUri, Uri? JwksUri, IReadOnlyList<ClientKeyView>? Keys, string? KeysFault,
    IReadOnlyList<string> UnusableKeys, IReadOnlyList<string> AssertionAlgorithms, string IdTokenSignedResponseAlg,
    string? AuthorizationSignedResponseAlg, bool RequirePushedAuthorizationRequests, bool RequirePkce, bool RequireSignedRequestObject,
    bool DpopBoundAccessTokens, bool TlsClientCertificateBoundAccessTokens, bool RequiresSenderConstraint, RegistrationView? Registration)
{
    public static ClientView Of(Client client, ClientKeyReport keys, RegistrationView? registration) => new(
        client.Id,
        client.Profile switch
        {
            ClientProfile.Fapi2 => "fapi2",
            ClientProfile.Fapi2MessageSigning => "fapi2_message_signing",
            _ => "baseline",
        },
        client.AuthenticationMethod, client.SecretHash is not null, client.Grants, client.Scopes, client.RedirectUris,
        client.PostLogoutRedirectUris, client.BackchannelLogoutUri, client.FrontchannelLogoutUri, client.KeysUri, keys.Keys, keys.Fault,
        keys.Unusable, [.. client.AssertionAlgorithms.Select(algorithm => algorithm.ToString())], client.IdTokenAlgorithm.ToString(),
        client.AuthorizationResponseAlgorithm?.ToString(), client.RequiresPushedRequests, client.RequiresPkce, client.RequiresSignedRequests,
        client.RequiresDpop, client.RequiresCertificateBinding, client.RequiresSenderConstraint, registration);
}

internal sealed record ClientKeyView(string? Kid, string Kty, string? Alg, string Thumbprint);

/// <summary>What the policy would say if the client registered itself (RFC 7591) as it is.</summary>
/// <param name="Profile">The profile that it is held against; null when there is none of this name.</param>
/// <param name="Profiles">All there are.</param>
/// <param name="Refused">Null when it would be registered.</param>
internal sealed record RegistrationView(
    string? Profile, IReadOnlyList<string> Profiles, IReadOnlyList<string> AllowedScopes, IReadOnlyList<string> RedirectUriSchemes,
    IReadOnlyList<string>? RedirectUriHosts, int MaximumRedirectUris, IReadOnlyList<string> TokenEndpointAuthMethods,
    IReadOnlyList<string> GrantTypes, RefusalView? Refused);

internal sealed record RefusalView(string Error, string ErrorDescription);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(DiagnosticsView))]
internal sealed partial class OperationsJson : JsonSerializerContext;
