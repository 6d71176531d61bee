using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Sessions.Lookup;

/// <summary>Whether sessions can be found in memory. Without that everything works, and each request asks Redis.</summary>
internal sealed class EndingsHealthCheck(EndingSequence endings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(endings.IsCurrent
            ? HealthCheckResult.Healthy("every ending has been heard of")
            : HealthCheckResult.Degraded("It is not certain that every ending has been heard of: Redis is asked each time."));
}
