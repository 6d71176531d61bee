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
        builder.Services.AddSingleton<ForwardedRoutes>();
        builder.Services.AddSingleton<IProxyConfigFilter>(services => services.GetRequiredService<ForwardedRoutes>());
        builder.Services.AddSingleton<OpenCalls>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OpenCalls>());
        builder.Services.AddSingleton<SessionCalls>();
        builder.Services.AddSingleton<StreamCalls>();
        builder.Services.AddSingleton<ServiceDestinations>();
        builder.Services.AddSingleton<IDestinationResolver>(services => services.GetRequiredService<ServiceDestinations>());
    }

    public static void MapForwarding(this WebApplication app)
    {
        var routes = app.Services.GetRequiredService<ForwardedRoutes>();
        CheckConfiguration(app.Services, routes);
        app.MapGuarded("/api");
        app.MapReverseProxy(proxy =>
            {
                proxy.Use(app.Services.GetRequiredService<SessionCalls>().Require);
                proxy.Use(CallTokens.Get);
                proxy.Use(app.Services.GetRequiredService<StreamCalls>().Let);
                proxy.Use(Retry.Once);
                proxy.UseLoadBalancing();
            })
            .ConfigureEndpoints((endpoint, route) =>
            {
                var read = routes.Read(route);
                endpoint.WithMetadata(read, read.Policy);
                if (read.Streams is RouteStreams.WebSockets)
                {
                    endpoint.WithMetadata(AllowList.WithSockets(route));
                }
            });
    }

    /// <summary>Before the proxy reads it, so that what is wrong is said in one sentence.</summary>
    private static void CheckConfiguration(IServiceProvider services, ForwardedRoutes routes)
    {
        var destinations = services.GetRequiredService<ServiceDestinations>();
        foreach (var configuration in services.GetServices<IProxyConfigProvider>().Select(provider => provider.GetConfig()))
        {
            foreach (var route in configuration.Routes)
            {
                routes.Check(route);
            }

            foreach (var cluster in configuration.Clusters)
            {
                destinations.Check(cluster);
            }
        }
    }
}
