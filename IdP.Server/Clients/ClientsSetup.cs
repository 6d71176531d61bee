using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

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
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ClientsReload>(
            services, services.ConfigurationFile("clients.yaml")));
        builder.Services.AddSingleton<ClientAuthenticator>();
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<ClientRegistry>()));
    }
}
