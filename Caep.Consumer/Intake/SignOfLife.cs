using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Caep.Intake;

/// <summary>
/// Says again and again that events are applied as they come, as long as that is so. Who relies on events and does not hear
/// it knows that they may be missing.
/// </summary>
internal sealed class SignOfLife(EventsApplied applied, IntakeHealthCheck health, KafkaConnection kafka, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Who has no partitions applies nothing.
    private bool IsWell => health.Check().Status is HealthStatus.Healthy && kafka.Assigned > 0;

    /// <summary>Says it once, if it is so.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (!IsWell)
        {
            return;
        }

        try
        {
            await applied.SayAsync(clock.GetUtcNow(), cancellationToken);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // Said at the next beat. Nobody hears anything meanwhile, and it is not held against us.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await BeatAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever takes the partitions over says it from now on.
        }
    }
}
