using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Bff.Signals;

/// <summary>Whether security events arrive. Without them sessions go on, and cost more: the replica keeps its place.</summary>
internal sealed class EventsHealthCheck(EventSilence silence) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(silence.IsSilent
            ? HealthCheckResult.Degraded("Security events are not applied: sessions are confirmed by their provider every Bff:Events:ConfirmEvery.")
            : HealthCheckResult.Healthy("nothing says that security events are missing"));
}
