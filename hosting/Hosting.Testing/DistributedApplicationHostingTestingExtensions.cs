using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>How a test reaches the resources.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client for an endpoint, by default <c>http</c>, else <c>https</c>.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var address = app.GetEndpoint(resourceName, endpointName);
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = address;
        return client;
    }

    /// <summary>The address of an endpoint, by default <c>http</c>, else <c>https</c>.</summary>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var resource = Find<IResourceWithEndpoints>(app, resourceName);
        var endpoints = resource.GetEndpoints().ToList();
        var endpoint = endpointName is not null
            ? endpoints.Find(candidate => string.Equals(candidate.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase))
            : endpoints.Find(candidate => candidate.EndpointName == "http") ?? endpoints.Find(candidate => candidate.EndpointName == "https");
        if (endpoint is null)
        {
            throw new ArgumentException(
                $"Resource '{resourceName}' has no endpoint '{endpointName ?? "http or https"}'. It has: {Names(endpoints.Select(known => known.EndpointName))}.",
                nameof(endpointName));
        }

        return endpoint.IsAllocated
            ? new Uri(endpoint.Url)
            : throw new InvalidOperationException("Resources have addresses once the application is started: await StartAsync first.");
    }

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Find<IResourceWithConnectionString>(app, resourceName).GetConnectionStringAsync(cancellationToken);

    private static T Find<T>(DistributedApplication app, string name) where T : class, IResource
    {
        var resources = app.Services.GetRequiredService<DistributedApplicationModel>().Resources;
        var resource = resources.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        return resource is null
            ? throw new ArgumentException($"There is no resource '{name}'. There are: {Names(resources.Select(known => known.Name))}.", nameof(name))
            : resource as T ?? throw new ArgumentException($"Resource '{name}' ({resource.GetType().Name}) is no {typeof(T).Name}.", nameof(name));
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
