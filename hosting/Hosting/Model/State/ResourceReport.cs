using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says what every resource was doing, for who waited in vain: the state, and of what is not well the health and the last lines.</summary>
internal static class ResourceReport
{
    private const int Lines = 5;

    public static string Of(IEnumerable<ResourceEvent> states, Func<string, IReadOnlyList<LogEntry>> outputOf)
    {
        var report = new StringBuilder("Meanwhile the resources were:");
        foreach (var state in states.OrderBy(state => state.ResourceId, StringComparer.Ordinal))
        {
            Describe(report, state, outputOf);
        }

        return report.ToString();
    }

    private static void Describe(StringBuilder report, ResourceEvent state, Func<string, IReadOnlyList<LogEntry>> outputOf)
    {
        var snapshot = state.Snapshot;
        report.Append($"\n  {state.ResourceId}: {snapshot.State?.Text ?? "unknown"}");
        if (snapshot.HealthStatus is { } health)
        {
            report.Append($", {health.ToString().ToLowerInvariant()}");
        }

        if (snapshot.ExitCode is { } code)
        {
            report.Append($", exit code {code}");
        }

        if (snapshot.State?.Text == KnownResourceStates.Waiting)
        {
            report.Append(" for ").AppendJoin(", ", state.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name));
        }

        if (snapshot.HealthStatus == HealthStatus.Healthy)
        {
            return;
        }

        foreach (var check in snapshot.HealthReports.Where(check => snapshot.HealthStatus is not null && check.Status != HealthStatus.Healthy))
        {
            report.Append($"\n      {check.Name}: {check.Description ?? check.ExceptionText ?? "has not reported yet"}");
        }

        foreach (var line in outputOf(state.ResourceId).TakeLast(Lines))
        {
            report.Append($"\n      | {Run.Ansi.Strip(line.Text)}");
        }
    }
}
