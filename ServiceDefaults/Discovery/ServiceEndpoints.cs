#if !ASPIRE
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Resolves logical addresses such as <c>https+http://contacts-api/path</c> from configuration
/// (<c>services:{name}:{scheme}:{index}</c>), the form that the AppHost injects.
/// </summary>
public sealed class ServiceEndpoints(IConfiguration configuration)
{
    /// <summary>
    /// The physical address of <paramref name="address"/>: schemes joined by <c>+</c> are tried in order.
    /// An address whose host no configuration names comes back as it is, with the first scheme that was asked for.
    /// </summary>
    public Uri Resolve(Uri address)
    {
        foreach (var scheme in address.Scheme.Split('+'))
        {
            if (Find(address.Host, scheme) is { } endpoint)
            {
                return new Uri(new Uri(endpoint), address.PathAndQuery);
            }
        }

        return address.Scheme.Contains('+', StringComparison.Ordinal)
            ? new UriBuilder(address) { Scheme = address.Scheme.Split('+')[0], Port = address.Port }.Uri
            : address;
    }

    private string? Find(string service, string scheme) =>
        configuration.GetSection($"services:{service}:{scheme}").GetChildren().FirstOrDefault()?.Value;
}
#endif
