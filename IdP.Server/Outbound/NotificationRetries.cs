using StackExchange.Redis;

namespace Platform.IdP.Outbound;

/// <summary>Takes up the notifications that failed, and those that another process left behind.</summary>
internal sealed partial class NotificationRetries<T>(
    NotificationQueue<T> queue, NotificationSender<T> sender, TimeProvider clock, ILogger<NotificationRetries<T>> logger)
    : BackgroundService
    where T : Notification
{
    private const int MostAtOnce = 32;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

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
                await sender.SendAsync(due);
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(typeof(T).Name, away.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Notifications} wait: {Reason}")]
    private partial void LogWaiting(string notifications, string reason);
}
