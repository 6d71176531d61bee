using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

namespace Platform.IdP.Discovery;

/// <summary>
/// Authorization server metadata (RFC 8414 section 2, OpenID Connect Discovery section 3): what is common to all, and
/// what each feature adds, so that nothing is advertised that is not there.
/// </summary>
internal sealed class MetadataDocument(
    IServiceProvider services, IEnumerable<MetadataPart> parts, IOptions<IdpOptions> options, ResourceRegistry resources)
{
    public JsonObject Build()
    {
        var metadata = Common(options.Value.Issuer);
        foreach (var part in parts.OrderBy(part => part.ComesLast))
        {
            part.AddTo(metadata, services);
        }

        return metadata;
    }

    private JsonObject Common(string issuer) => new()
    {
        ["issuer"] = issuer,
        ["token_endpoint"] = issuer + TokenSetup.Path,
        ["userinfo_endpoint"] = issuer + UserInfoEndpoint.Path,
        ["end_session_endpoint"] = issuer + LogoutEndpoints.Path,
        ["jwks_uri"] = issuer + DiscoveryEndpoints.KeysPath,
        ["scopes_supported"] = MetadataPart.List(resources.Scopes),
        ["grant_types_supported"] = MetadataPart.List(services.GetServices<IGrant>().Select(grant => grant.GrantType)),
        ["claim_types_supported"] = MetadataPart.List(["normal"]),
        ["claims_supported"] = MetadataPart.List(["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "sid", "acr",
            "amr", "at_hash", .. StandardClaims.All]),
    };
}
