using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.DPoP;

namespace Platform.IdP.SenderConstraint;

internal static class SenderConstraintSetup
{
    // RFC 8705 section 5: the endpoints that a client calls itself.
    private static readonly string[] Aliased =
    [
        "token_endpoint", "pushed_authorization_request_endpoint", "userinfo_endpoint", "introspection_endpoint",
        "revocation_endpoint", "backchannel_authentication_endpoint", "device_authorization_endpoint",
    ];

    public static void AddSenderConstraint(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DPoPOptions>().BindConfiguration(DPoPOptions.Section);
        builder.Services.AddOptions<MtlsOptions>().BindConfiguration(MtlsOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<MtlsOptions>, MtlsOptionsValidator>();
        builder.Services.AddSingleton(new StartPrerequisite(services => _ = services.GetRequiredService<IOptions<MtlsOptions>>().Value));
        builder.Services.AddSingleton<EndpointAddresses>();
        builder.Services.AddSingleton<ServerNonces>();
        builder.Services.AddSingleton<ReceivedProofs>();
        builder.Services.AddSingleton<SpentProofs>();
        builder.Services.AddSingleton<SenderConstraints>();
        builder.Services.AddSingleton<Possession>();
        builder.Services.AddSingleton(new MetadataPart(Advertise) { ComesLast = true });
        builder.AddMtlsListener();
        builder.WebHost.ConfigureKestrel(TlsDefaults.Apply);
        builder.WebHost.ConfigureKestrel(ConnectionPeer.Remember);
    }

    public static void UseSenderConstraint(this WebApplication app) => app.UseMiddleware<ForwardedCertificates>();

    /// <summary>Checks DPoP proofs before anything else; for the endpoints of the authorization server that take them.</summary>
    public static RouteHandlerBuilder ChecksProofsFirst(this RouteHandlerBuilder route) => route.AddEndpointFilter<ProofsFirst>();

    private static void Advertise(JsonObject metadata, IServiceProvider services)
    {
        metadata["dpop_signing_alg_values_supported"] =
            MetadataPart.List(DPoPRules.Default.Algorithms.Select(algorithm => algorithm.ToString()));
        var mtls = services.GetRequiredService<IOptions<MtlsOptions>>().Value;
        if (!mtls.Enabled)
        {
            return;
        }

        metadata["tls_client_certificate_bound_access_tokens"] = true;
        var issuer = services.GetRequiredService<IOptions<IdpOptions>>().Value.Issuer;
        if (mtls.AliasOrigin(issuer) is { } origin)
        {
            metadata["mtls_endpoint_aliases"] = new JsonObject(Aliased
                .Where(metadata.ContainsKey)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)(origin + metadata[name]!.GetValue<string>()[issuer.Length..]))));
        }
    }
}
