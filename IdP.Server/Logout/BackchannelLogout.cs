namespace Platform.IdP.Logout;

/// <summary>
/// Tells clients that a session has ended (OpenID Connect Back-Channel Logout 1.0). What is to be told is in Redis before
/// the session ends.
/// </summary>
internal sealed partial class BackchannelLogout(
    SessionClients sessionClients, LogoutQueue queue, LogoutTokens tokens, ClientRegistry clients, OutboundClient outbound,
    IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<BackchannelLogout> logger)
    : NotificationSender<LogoutNotification>(queue, lifetime)
{
    /// <summary>How long a person waits for the clients.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected override IReadOnlyList<TimeSpan> Pauses { get; } =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

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
                    var notification = new LogoutNotification(Handle.New(), client.Id, sid, subject);
                    await queue.SetAsync(notification, LogoutQueue.Lease);
                    notifications.Add(notification);
                }
            }

            await sessionClients.ForgetAsync(sid);
        }

        return notifications;
    }

    /// <summary>One attempt for each of them, but waits no longer than a person may be kept waiting.</summary>
    public async Task SendPatientlyAsync(IReadOnlyList<LogoutNotification> notifications)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        await SendAsync(notifications).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A client may have been removed, or its address, since the session began.
    protected override async Task<OutboundAnswer?> PostAsync(LogoutNotification notification, CancellationToken cancellationToken)
    {
        if (clients.Find(notification.ClientId) is not { BackchannelLogoutUri: { } address } client)
        {
            return null;
        }

        using var span = IdpTelemetry.Source.StartActivity("back-channel logout");
        return await outbound.PostFormAsync(address, [new("logout_token", tokens.Create(client, notification))], cancellationToken);
    }

    protected override void Report(LogoutNotification notification, NotificationOutcome outcome, string reason)
    {
        switch (outcome)
        {
            case NotificationOutcome.Delivered:
                Count("delivered");
                LogDelivered(notification.ClientId);
                break;
            case NotificationOutcome.Postponed:
                Count("postponed");
                LogPostponed(notification.ClientId, reason);
                break;
            case NotificationOutcome.GivenUp:
                Count("given_up");
                LogGivenUp(notification.ClientId, notification.Failures + 1, reason);
                break;
            case NotificationOutcome.CutOff:
                LogCut(notification.ClientId, reason);
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
