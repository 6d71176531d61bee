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
    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken) =>
        new(new ResolvedDestinationCollection(
            destinations.ToDictionary(
                entry => entry.Key, entry => entry.Value with { Address = Resolve(entry.Value.Address) }),
            changeToken: null));

    internal string Resolve(string address)
    {
        var url = new Uri(address);
        if (url.Host.Contains('.', StringComparison.Ordinal) || url.Host is "localhost" || IPAddress.TryParse(url.Host, out _))
        {
            return address;
        }

        var setting = $"services:{url.Host}:{url.Scheme}";
        return configuration.GetSection(setting).GetChildren().FirstOrDefault()?.Value
            ?? throw new InvalidOperationException(
                $"The address of '{url.Host}' is not known: set {setting}:0 (for example http://localhost:5400).");
    }
}
