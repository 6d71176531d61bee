using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Bff.Provider;

namespace Platform.Bff.Operations;

/// <summary>
/// Whether the providers' metadata can be had. When it cannot, nobody new signs in there; all others go on, so that the
/// replica keeps its place.
/// </summary>
internal sealed class ProvidersHealthCheck(OpenIdProviders providers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reaches = await Task.WhenAll(providers.All.Select(provider => ProviderReach.OfAsync(provider, cancellationToken)));
        var reasons = reaches.Select(reach => reach.Reason).OfType<string>().ToList();
        return reasons.Count == 0 ? HealthCheckResult.Healthy("metadata is at hand") : HealthCheckResult.Degraded(string.Join(' ', reasons));
    }
}
