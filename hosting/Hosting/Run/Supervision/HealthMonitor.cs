using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Run;

/// <summary>Follows the health of one process: often while it starts, then ever less often, every half minute while it is well.</summary>
internal sealed class HealthMonitor(Instance instance, ProcessPlan plan, InstanceServices services)
{
    private const string ServesCheck = "serves";
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<HealthCheckAnnotation> _checks = [.. instance.Resource.Annotations.OfType<HealthCheckAnnotation>()];

    public bool HasChecks => _checks.Count > 0 || plan.Probe is not null;

    /// <summary>The reports of a process that has not been asked yet.</summary>
    public static ImmutableArray<HealthReportSnapshot> Unreported(IResource resource) =>
    [
        .. (resource is ContainerResource ? [ServesCheck] : Array.Empty<string>())
            .Concat(resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key))
            .Select(key => new HealthReportSnapshot(key, null, null, null))
    ];

    /// <summary>Runs until cancelled; tells every change. Throws when it was to become healthy in time and did not.</summary>
    public async Task RunAsync(
        IReadOnlyDictionary<EndpointAnnotation, int> targets, bool mustBecomeHealthy, Func<bool, Task> onChange, CancellationToken cancellationToken)
    {
        var (clock, options) = (services.Context.Clock, services.Context.Options);
        if (!HasChecks)
        {
            await Task.Delay(options.SettleTime, clock, cancellationToken);
            await onChange(true);
            return;
        }

        var since = clock.GetTimestamp();
        bool? before = null;
        while (true)
        {
            var reports = await ReportAsync(targets, cancellationToken);
            await instance.PublishAsync(snapshot => snapshot with { HealthReports = reports });
            var healthy = reports.All(report => report.Status == HealthStatus.Healthy);
            if (healthy != before)
            {
                (since, before) = (clock.GetTimestamp(), healthy);
                mustBecomeHealthy &= !healthy;
                await onChange(healthy);
            }

            var elapsed = clock.GetElapsedTime(since);
            if (mustBecomeHealthy && elapsed > options.HealthTimeout)
            {
                throw new DistributedApplicationException(StartFailure.Unhealthy(
                    instance.Resource, elapsed, reports.First(report => report.Status != HealthStatus.Healthy),
                    services.Context.Logs.LastLines(instance.Id)));
            }

            await Task.Delay(healthy ? WhileHealthy : NextAfter(elapsed), clock, cancellationToken);
        }
    }

    internal static TimeSpan NextAfter(TimeSpan elapsed) => TimeSpan.FromTicks(Math.Clamp(elapsed.Ticks / 10, Often.Ticks, Seldom.Ticks));

    private async Task<ImmutableArray<HealthReportSnapshot>> ReportAsync(
        IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, services.Context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var probes = plan.Probe is { } probe
            ? [HealthChecks.ProbeAsync(ServesCheck, probe, targets.First().Value, either.Token)]
            : Array.Empty<Task<HealthReportSnapshot>>();
        var reports = await Task.WhenAll(probes.Concat(_checks.Select(check => services.Checks.CheckAsync(check, targets, either.Token))));
        cancellationToken.ThrowIfCancellationRequested();
        var now = services.Context.Clock.GetUtcNow().UtcDateTime;
        return [.. reports.Select(report => report with { LastRunAt = now })];
    }
}
