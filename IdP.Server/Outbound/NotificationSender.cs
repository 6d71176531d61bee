using StackExchange.Redis;

namespace Platform.IdP.Outbound;

/// <summary>
/// Sends the notifications of a queue. The first attempts are made at once, by whoever queued them, the others by
/// <see cref="NotificationRetries{T}"/>; their number is bounded.
/// </summary>
internal abstract class NotificationSender<T>(NotificationQueue<T> queue, IHostApplicationLifetime lifetime) : IDisposable
    where T : Notification
{
    private const int MostAtOnce = 32;

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <summary>How long to wait after each failure; after as many and one more the attempts end.</summary>
    protected abstract IReadOnlyList<TimeSpan> Pauses { get; }

    /// <summary>One attempt for each of them; what fails stays in the queue.</summary>
    public Task SendAsync(IEnumerable<T> notifications) => Task.WhenAll(notifications.Select(SendAsync));

    public async Task SendAsync(T notification)
    {
        try
        {
            await _places.WaitAsync(lifetime.ApplicationStopping);
            try
            {
                await AttemptAsync(notification, lifetime.ApplicationStopping);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception cut) when (cut is RedisException or TimeoutException or OperationCanceledException)
        {
            Report(notification, NotificationOutcome.CutOff, cut.Message);
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One call; null when there is nobody to tell any more.</summary>
    protected abstract Task<OutboundAnswer?> PostAsync(T notification, CancellationToken cancellationToken);

    /// <summary>Whether another attempt would be of no use.</summary>
    protected virtual bool IsFinal(OutboundAnswer.Refused answer) => false;

    protected abstract void Report(T notification, NotificationOutcome outcome, string reason);

    private async Task AttemptAsync(T notification, CancellationToken cancellationToken)
    {
        switch (await PostAsync(notification, cancellationToken))
        {
            case null:
                await queue.RemoveAsync(notification.Id);
                break;
            case OutboundAnswer.Ok:
                await queue.RemoveAsync(notification.Id);
                Report(notification, NotificationOutcome.Delivered, "");
                break;
            case OutboundAnswer.Refused refused when !IsFinal(refused) && notification.Failures < Pauses.Count:
                await queue.SetAsync(
                    (T)(notification with { Failures = notification.Failures + 1 }), Pauses[notification.Failures]);
                Report(notification, NotificationOutcome.Postponed, refused.Reason);
                break;
            case OutboundAnswer.Refused refused:
                await queue.RemoveAsync(notification.Id);
                Report(notification, NotificationOutcome.GivenUp, refused.Reason);
                break;
        }
    }
}

internal enum NotificationOutcome
{
    Delivered,
    Postponed,
    GivenUp,

    /// <summary>Redis was away, or the process stops: the notification is taken up again when its lease is over.</summary>
    CutOff,
}
