using StackExchange.Redis;

namespace Platform.IdP.Logout;

/// <summary>Takes up the notifications that failed, and those that another process left behind.</summary>
internal sealed partial class LogoutRetries(
    LogoutQueue queue, BackchannelLogout backchannel, TimeProvider clock, ILogger<LogoutRetries> logger) : BackgroundService
{
    private const int MostAtOnce = 32;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TrySendDueAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left waits for the next start.
        }
    }

    private async Task TrySendDueAsync()
    {
        try
        {
            while (await queue.TakeAsync(MostAtOnce) is { Count: > 0 } due)
            {
                await backchannel.SendAsync(due);
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Logout notifications wait: {Reason}")]
    private partial void LogWaiting(string reason);
}
