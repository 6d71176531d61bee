using StackExchange.Redis;

namespace Platform.IdP.Configuration;

/// <summary>
/// Does what follows from a change of a configuration file: once for each snapshot that is in force, and again while Redis is
/// away.
/// </summary>
internal abstract partial class SnapshotFollower<T>(TimeProvider clock, ILogger logger) : BackgroundService
    where T : class
{
    private T? _done;

    /// <summary>What is in force now: the same object until it changes.</summary>
    protected abstract T Current { get; }

    /// <param name="present">What is in force.</param>
    /// <param name="former">What this process followed before; null after the start.</param>
    protected abstract Task FollowAsync(T present, T? former);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ConfigurationReload.Interval, clock);
        try
        {
            do
            {
                await TryFollowAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryFollowAsync()
    {
        var present = Current;
        if (ReferenceEquals(present, _done))
        {
            return;
        }

        try
        {
            await FollowAsync(present, _done);
            _done = present;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What follows from a change of the configuration waits: {Reason}")]
    private partial void LogWaiting(string reason);
}
