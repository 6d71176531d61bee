using System.Text.Json;

namespace Platform.IdP.Ciba;

/// <summary>
/// Tells clients in ping mode that a decision was made (CIBA Core section 10.2). A notification that does not arrive is
/// tried again a few times only: clients in ping mode may poll as well (section 10.1).
/// </summary>
internal sealed partial class PingSender(
    OutboundClient outbound, ClientRegistry clients, PingQueue queue, IHostApplicationLifetime lifetime, ILogger<PingSender> logger)
    : NotificationSender<PingNotification>(queue, lifetime)
{
    protected override IReadOnlyList<TimeSpan> Pauses { get; } =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    protected override async Task<OutboundAnswer?> PostAsync(PingNotification notification, CancellationToken cancellationToken) =>
        clients.Find(notification.ClientId)?.BackchannelNotificationEndpoint is { } endpoint
            ? await outbound.PostJsonAsync(
                endpoint, JsonSerializer.Serialize(new PingBody(notification.Target.AuthReqId), PingJson.Default.PingBody),
                notification.Target.Token, cancellationToken)
            : null;

    // A redirect or a refusal is an answer; only what may pass by itself is tried again.
    protected override bool IsFinal(OutboundAnswer.Refused answer) => answer.Status < 500;

    protected override void Report(PingNotification notification, NotificationOutcome outcome, string reason)
    {
        switch (outcome)
        {
            case NotificationOutcome.Delivered:
                LogSent(notification.ClientId);
                break;
            case NotificationOutcome.GivenUp:
                LogGivenUp(notification.ClientId, notification.Failures + 1, reason);
                break;
            default:
                LogPostponed(notification.ClientId, reason);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "{ClientId} was told of a decision.")]
    private partial void LogSent(string clientId);

    [LoggerMessage(LogLevel.Information, "{ClientId} could not be told of a decision, which is tried again: {Reason}")]
    private partial void LogPostponed(string clientId, string reason);

    [LoggerMessage(LogLevel.Warning, "{ClientId} could not be told of a decision; attempts: {Attempts}. {Reason}")]
    private partial void LogGivenUp(string clientId, int attempts, string reason);
}
