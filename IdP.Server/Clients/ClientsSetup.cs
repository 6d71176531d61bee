using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

internal static class ClientsSetup
{
    public static void AddClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => ResourceRegistry.Read(
            services.ConfigurationFile("resources.yaml"), services.GetRequiredService<IOptions<IdpOptions>>().Value.Issuer));
        builder.Services.AddSingleton(services => ClientsFile.Read(
            services.ConfigurationFile("clients.yaml"), services.GetRequiredService<ResourceRegistry>()));
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ClientsWriter>(
            services, services.ConfigurationFile("clients.yaml")));
        builder.Services.AddSingleton(services =>
            new WatchedFile(services.ConfigurationFile("clients.yaml"), () => TakeUp(services)));
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<ClientRegistry>()));
        builder.Services.AddHostedService<ClientDepartures>();
        builder.Services.AddSingleton<ClientKeys>();
        builder.Services.AddSingleton<UsedIds>();
        builder.Services.AddSingleton<ClientAssertions>();
        builder.Services.AddSingleton(services => new CertificateAuthorities(
            services.GetRequiredService<IOptions<MtlsOptions>>().Value.CaFile, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<CertificateAuthorities>()));
        builder.Services.AddSingleton<ClientCertificates>();
        builder.Services.AddSingleton<ClientLimit>();
        builder.Services.AddSingleton<ClientAuthenticator>();
        builder.Services.AddSingleton(new MetadataPart(Advertise));
    }

    private static string TakeUp(IServiceProvider services)
    {
        var clients = services.GetRequiredService<ClientRegistry>();
        clients.Replace(ClientsFile.ReadAll(
            services.ConfigurationFile("clients.yaml"), services.GetRequiredService<ResourceRegistry>()));
        return $"{clients.Count} clients";
    }

    // RFC 8414 section 2; the endpoints beside the token endpoint take the same methods.
    private static void Advertise(JsonObject metadata, IServiceProvider services)
    {
        var usesCertificates = services.GetRequiredService<IOptions<MtlsOptions>>().Value.Enabled;
        metadata["token_endpoint_auth_methods_supported"] = MetadataPart.List(ClientAuthenticationMethods.All
            .Where(method => usesCertificates || !ClientAuthenticationMethods.UsesCertificate(method)));
        metadata["token_endpoint_auth_signing_alg_values_supported"] = MetadataPart.List(
            Enum.GetValues<JwsAlgorithm>().Select(algorithm => algorithm.ToString()));
    }
}
