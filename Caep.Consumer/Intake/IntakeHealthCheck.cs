using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Caep.Events;

namespace Platform.Caep.Intake;

/// <summary>Ready means: Kafka answers, the group has us, nothing holds events up, and they come in time.</summary>
internal sealed class IntakeHealthCheck(KafkaConnection kafka, Interruptions interruptions, EventAges ages) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    public HealthCheckResult Check()
    {
        if (kafka.Trouble is { } trouble)
        {
            return HealthCheckResult.Unhealthy(trouble);
        }

        if (kafka.Assigned is not { } partitions)
        {
            return HealthCheckResult.Unhealthy("The consumer group has not given us partitions yet.");
        }

        if (interruptions.Current is { } interruption)
        {
            return HealthCheckResult.Unhealthy($"Events wait for {interruption.Missing}: {interruption.Reason}");
        }

        return ages.PastObjective is { } age
            ? HealthCheckResult.Unhealthy($"Events are {age.TotalSeconds:F0} s old when they are applied, longer than Signals:LongestEventAge.")
            : HealthCheckResult.Healthy($"{partitions} partitions");
    }
}
