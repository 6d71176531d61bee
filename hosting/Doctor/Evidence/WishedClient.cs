using System.Text.Json.Serialization;

namespace Platform.Doctor.Evidence;

/// <summary>How the BFF would like to be registered (RFC 7591 section 2).</summary>
internal sealed record WishedClient(
    [property: JsonPropertyName("post_logout_redirect_uris")] IReadOnlyList<string> PostLogoutRedirectUris,
    [property: JsonPropertyName("backchannel_logout_uri")] string BackchannelLogoutUri,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("grant_types")] IReadOnlyList<string> GrantTypes);
