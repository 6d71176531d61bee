using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Discovery;

internal static class ProviderMetadataReader
{
    public static ProviderMetadata Read(JsonElement json, string issuer)
    {
        // OpenID Connect Discovery 1.0 section 4.3: exactly the issuer that was asked for.
        if (json.Text("issuer") is not { } named || !named.Equals(issuer, StringComparison.Ordinal))
        {
            throw new FormatException($"The metadata is of the issuer {json.Text("issuer")}, not of {issuer}.");
        }

        return new ProviderMetadata(
            issuer,
            Required(json, issuer, "authorization_endpoint"),
            Required(json, issuer, "token_endpoint"),
            Required(json, issuer, "jwks_uri"),
            Optional(json, issuer, "userinfo_endpoint"),
            Optional(json, issuer, "pushed_authorization_request_endpoint"),
            Optional(json, issuer, "end_session_endpoint"),
            Optional(json, issuer, "revocation_endpoint"),
            json.TryGetProperty("authorization_response_iss_parameter_supported", out var iss)
                && iss.ValueKind == JsonValueKind.True,
            json);
    }

    /// <summary>https, or http that does not leave this machine.</summary>
    public static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static Uri Required(JsonElement json, string issuer, string name) =>
        Optional(json, issuer, name) ?? throw new FormatException($"The metadata has no {name}.");

    private static Uri? Optional(JsonElement json, string issuer, string name)
    {
        if (!json.Has(name))
        {
            return null;
        }

        // RFC 8414 section 2: https. A provider that is https does not send its clients to http, not even locally.
        var mustBeHttps = issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(json.Text(name), UriKind.Absolute, out var address)
            && IsSecure(address)
            && (address.Scheme == Uri.UriSchemeHttps || !mustBeHttps)
                ? address
                : throw new FormatException($"The {name} of the metadata is not a secure address.");
    }
}
