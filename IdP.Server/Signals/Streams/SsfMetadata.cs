using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>The transmitter's configuration (SSF 1.0 section 7.1).</summary>
internal static class SsfMetadata
{
    /// <summary>The issuer has no path, so that nothing follows.</summary>
    public const string Path = "/.well-known/ssf-configuration";

    internal static IResult Show(HttpResponse response, IOptions<IdpOptions> idp, IOptions<StreamOptions> options)
    {
        var issuer = idp.Value.Issuer;
        response.AllowCaching(DiscoveryEndpoints.Kept);
        return TypedResults.Json(new JsonObject
        {
            ["spec_version"] = "1_0",
            ["issuer"] = issuer,
            ["jwks_uri"] = issuer + DiscoveryEndpoints.KeysPath,
            ["delivery_methods_supported"] = MetadataPart.List([StreamDelivery.Push, StreamDelivery.Poll]),
            ["configuration_endpoint"] = issuer + StreamEndpoints.ConfigurationPath,
            ["status_endpoint"] = issuer + StreamEndpoints.StatusPath,
            ["add_subject_endpoint"] = issuer + StreamEndpoints.AddSubjectPath,
            ["remove_subject_endpoint"] = issuer + StreamEndpoints.RemoveSubjectPath,
            ["verification_endpoint"] = issuer + StreamEndpoints.VerificationPath,

            // A receiver that overlooks one of them would do too much to too many.
            ["critical_subject_members"] = MetadataPart.List(["user", "session"]),
            ["authorization_schemes"] = new JsonArray(new JsonObject { ["spec_urn"] = "urn:ietf:rfc:6749" }),
            ["default_subjects"] = options.Value.DefaultSubjects,
        });
    }
}
