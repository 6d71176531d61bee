#if !ASPIRE
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ServiceDiscovery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// The members of <c>Microsoft.Extensions.ServiceDiscovery</c> that the services use, for the embedded engine.
/// With <c>HostingEngine=Aspire</c> the package itself takes their place.
/// </summary>
public static class EmbeddedServiceDiscovery
{
    /// <summary>Makes <see cref="ServiceEndpoints"/> available.</summary>
    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services)
    {
        services.TryAddSingleton<ServiceEndpoints>();
        return services;
    }

    /// <summary>Resolves the logical host of every request of this client.</summary>
    public static IHttpClientBuilder AddServiceDiscovery(this IHttpClientBuilder http) =>
        http.AddHttpMessageHandler(services => new Handler(services.GetRequiredService<ServiceEndpoints>()));

    private sealed class Handler(ServiceEndpoints endpoints) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { IsAbsoluteUri: true } address)
            {
                request.RequestUri = endpoints.Resolve(address);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
#endif
