using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Caep.Intake;

/// <summary>Ready means: Kafka answers, the group has us, and nothing holds events up.</summary>
internal sealed class IntakeHealthCheck(KafkaConnection kafka, Interruptions interruptions) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (kafka.Trouble is { } trouble)
        {
            return HealthCheckResult.Unhealthy(trouble);
        }

        if (kafka.Assigned is not { } partitions)
        {
            return HealthCheckResult.Unhealthy("The consumer group has not given us partitions yet.");
        }

        return interruptions.Current is { } interruption
            ? HealthCheckResult.Unhealthy($"Events wait for {interruption.Missing}: {interruption.Reason}")
            : HealthCheckResult.Healthy($"{partitions} partitions");
    }
}
