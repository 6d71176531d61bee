using StackExchange.Redis;

namespace Platform.IdP.Logout;

/// <summary>
/// Tells clients that a session has ended (OpenID Connect Back-Channel Logout 1.0). What is to be told is in Redis before
/// the session ends; the first attempts are made at once, the others by <see cref="LogoutRetries"/>.
/// </summary>
internal sealed partial class BackchannelLogout(
    SessionClients sessionClients, LogoutQueue queue, LogoutTokens tokens, ClientRegistry clients, OutboundClient outbound,
    IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<BackchannelLogout> logger) : IDisposable
{
    private const int MostAtOnce = 32;

    /// <summary>How long a person waits for the clients.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <summary>
    /// Call before the session ends, so that nothing is lost if this process ends as well. Nobody knows afterwards which
    /// clients the session had.
    /// </summary>
    /// <param name="sessionId">Null: all sessions of the person.</param>
    public async Task<IReadOnlyList<LogoutNotification>> PrepareAsync(string? subject, string? sessionId)
    {
        var notifications = new List<LogoutNotification>();
        foreach (var sid in await sessionClients.SessionsAsync(subject, sessionId))
        {
            foreach (var client in await sessionClients.ListAsync(sid))
            {
                if (client.BackchannelLogoutUri is not null)
                {
                    var notification = new LogoutNotification(Handle.New(), client.Id, sid, subject, Failures: 0);
                    await queue.SetAsync(notification, LogoutQueue.Lease);
                    notifications.Add(notification);
                }
            }

            await sessionClients.ForgetAsync(sid);
        }

        return notifications;
    }

    /// <summary>One attempt for each of them; what fails stays in the queue.</summary>
    public Task SendAsync(IEnumerable<LogoutNotification> notifications) => Task.WhenAll(notifications.Select(SendAsync));

    /// <summary>The same, but waits no longer than a person may be kept waiting.</summary>
    public async Task SendPatientlyAsync(IReadOnlyList<LogoutNotification> notifications)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        await SendAsync(notifications).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _places.Dispose();

    private async Task SendAsync(LogoutNotification notification)
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
            LogCut(notification.ClientId, cut.Message);
        }
    }

    private async Task AttemptAsync(LogoutNotification notification, CancellationToken cancellationToken)
    {
        // A client may have been removed, or its address, since the session began.
        if (clients.Find(notification.ClientId) is not { BackchannelLogoutUri: { } address } client)
        {
            await queue.RemoveAsync(notification.Id);
            return;
        }

        var answer = await outbound.PostFormAsync(
            address, [new("logout_token", tokens.Create(client, notification))], cancellationToken);
        switch (answer)
        {
            case OutboundAnswer.Ok:
                await queue.RemoveAsync(notification.Id);
                Count("delivered");
                LogDelivered(client.Id);
                break;
            case OutboundAnswer.Refused refused when notification.Failures < Pauses.Length:
                await queue.SetAsync(notification with { Failures = notification.Failures + 1 }, Pauses[notification.Failures]);
                Count("postponed");
                LogPostponed(client.Id, refused.Reason);
                break;
            case OutboundAnswer.Refused refused:
                await queue.RemoveAsync(notification.Id);
                Count("given_up");
                LogGivenUp(client.Id, Pauses.Length + 1, refused.Reason);
                break;
        }
    }

    private static void Count(string outcome) => IdpTelemetry.LogoutNotifications.Add(1, new("channel", "back"), new("outcome", outcome));

    [LoggerMessage(LogLevel.Information, "{ClientId} was told of a logout.")]
    private partial void LogDelivered(string clientId);

    [LoggerMessage(LogLevel.Warning, "{ClientId} could not be told of a logout, which is tried again: {Reason}")]
    private partial void LogPostponed(string clientId, string reason);

    [LoggerMessage(LogLevel.Error, "{ClientId} could not be told of a logout in {Attempts} attempts: {Reason}")]
    private partial void LogGivenUp(string clientId, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "Telling {ClientId} of a logout was cut off and is taken up again: {Reason}")]
    private partial void LogCut(string clientId, string reason);
}
