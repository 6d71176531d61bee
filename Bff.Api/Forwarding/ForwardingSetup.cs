using Platform.Bff.Defence;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Platform.Bff.Forwarding;

internal static class ForwardingSetup
{
    public static void AddForwarding(this WebApplicationBuilder builder)
    {
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddTransforms(ForwardedHeaders.Apply);
        builder.Services.AddSingleton<IForwarderHttpClientFactory, DPoPClients>();
        builder.Services.AddSingleton<ServiceDestinations>();
        builder.Services.AddSingleton<IDestinationResolver>(services => services.GetRequiredService<ServiceDestinations>());
    }

    public static void MapForwarding(this WebApplication app)
    {
        RequireAddresses(app.Services);
        app.MapGuarded("/api");
        app.MapReverseProxy(proxy =>
            {
                proxy.Use(SessionCalls.Prepare);
                proxy.UseLoadBalancing();
            })
            .ConfigureEndpoints((endpoint, route) => endpoint.WithMetadata(route.Policy));
    }

    /// <summary>Before the proxy looks for them, so that a missing one is said in one sentence.</summary>
    private static void RequireAddresses(IServiceProvider services)
    {
        var destinations = services.GetRequiredService<ServiceDestinations>();
        foreach (var cluster in services.GetServices<IProxyConfigProvider>().SelectMany(provider => provider.GetConfig().Clusters))
        {
            foreach (var destination in cluster.Destinations?.Values ?? [])
            {
                destinations.Resolve(destination.Address);
            }
        }
    }
}
