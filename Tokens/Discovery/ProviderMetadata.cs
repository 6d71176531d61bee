using System.Text.Json;

namespace Platform.Tokens.Discovery;

/// <summary>
/// What an OpenID provider says of itself (OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2).
/// </summary>
/// <param name="Json">The whole document, for members that are not named here.</param>
public sealed record ProviderMetadata(
    string Issuer,
    Uri AuthorizationEndpoint,
    Uri TokenEndpoint,
    Uri JwksUri,
    Uri? UserInfoEndpoint,
    Uri? PushedAuthorizationRequestEndpoint,
    Uri? EndSessionEndpoint,
    Uri? RevocationEndpoint,
    bool AuthorizationResponseIssParameterSupported,
    JsonElement Json);
