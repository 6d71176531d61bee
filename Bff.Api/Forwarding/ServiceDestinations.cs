using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Puts the address of a service where a route names it (<c>http://contacts-api</c>), from <c>services:{name}:{scheme}:0</c>,
/// the form that both engines inject. The forwarder calls no host that configuration does not name.
/// </summary>
internal sealed class ServiceDestinations(IConfiguration configuration) : IDestinationResolver
{
    private const string AllowHttp = "AllowHttp";

    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken) =>
        new(new ResolvedDestinationCollection(
            destinations.ToDictionary(
                entry => entry.Key, entry => entry.Value with { Address = Resolve(entry.Value.Address) }),
            changeToken: null));

    /// <summary>Each address must be known, and what leaves the machine or the cluster encrypted (RFC 9700 section 4.13, end-to-end TLS).</summary>
    /// <exception cref="InvalidOperationException">The message names the destination and the fix.</exception>
    public void Check(ClusterConfig cluster)
    {
        foreach (var (name, destination) in cluster.Destinations ?? new Dictionary<string, DestinationConfig>())
        {
            if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                throw new InvalidOperationException(
                    $"The destination '{name}' of the cluster '{cluster.ClusterId}' is '{destination.Address}': give an http(s) address.");
            if (url.Scheme is "http" && !url.IsLoopback && !IsService(url) && !AllowsHttp(cluster))
                throw new InvalidOperationException(
                    $"The destination '{name}' of the cluster '{cluster.ClusterId}' would be sent tokens over http: use https, or add " +
                    $"\"{AllowHttp}\": \"true\" to the cluster's Metadata where nobody else is on the network.");
            Resolve(destination.Address);
        }
    }

    private string Resolve(string address)
    {
        var url = new Uri(address);
        if (!IsService(url))
        {
            return address;
        }

        var setting = $"services:{url.Host}:{url.Scheme}";
        return configuration.GetSection(setting).GetChildren().FirstOrDefault()?.Value
            ?? throw new InvalidOperationException(
                $"The address of '{url.Host}' is not known: set {setting}:0 (for example http://localhost:5400).");
    }

    // A name without a dot is that of a service of ours, whose address the engine or the cluster gives.
    private static bool IsService(Uri url) =>
        !url.Host.Contains('.', StringComparison.Ordinal) && url.Host is not "localhost" && !IPAddress.TryParse(url.Host, out _);

    private static bool AllowsHttp(ClusterConfig cluster) =>
        cluster.Metadata?.TryGetValue(AllowHttp, out var allowed) is true && allowed.Equals("true", StringComparison.OrdinalIgnoreCase);
}
