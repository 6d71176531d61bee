using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals;

/// <summary>Ends SSO sessions on whosever behalf: clients are told by logout tokens, the world by a CAEP session-revoked event.</summary>
internal sealed partial class SessionRevoker(
    SessionEndings endings, BackchannelLogout backchannel, EventFactory events, AuditLog audit,
    ILogger<SessionRevoker> logger)
{
    /// <summary>Whoever revokes does not wait for the clients. Null when another was first to end it for this cause.</summary>
    public async Task<RevocationAnswer?> RevokeAsync(SessionEnd end)
    {
        if (await EndAsync(end) is not { } revoked)
        {
            return null;
        }

        _ = backchannel.SendAsync(revoked.Notifications);
        audit.SessionEnded(end.Subject, end.SessionId, end.By ?? By(end.Cause));
        return revoked.Answer;
    }

    /// <summary>As above, for those who tell the clients, and the audit log, themselves.</summary>
    public async Task<RevokedSessions?> EndAsync(SessionEnd end)
    {
        // CAEP 1.0 section 3.1
        var revoked = end.Event ?? events.Make(EventTypes.SessionRevoked,
            new EventSubject { User = end.Subject, Session = end.SessionId, Email = end.Beside is [var first, ..] ? first.Subject.Email : null },
            end.Cause, transactionId: end.TransactionId);
        var notifications = await backchannel.PrepareAsync(end.Subject, end.SessionId);
        if (await endings.EndAsync(end, [.. end.Beside, revoked]) is not { } ended)
        {
            // Whoever was first found no client to tell any more.
            _ = backchannel.SendAsync(notifications);
            return null;
        }

        LogRevoked(revoked.TransactionId, end.Subject, end.SessionId, ended);
        return new RevokedSessions(
            new RevocationAnswer(revoked.JwtIdAt(KafkaDestination.Name), revoked.TransactionId, ended), notifications);
    }

    private static string By(EventCause cause) => cause.InitiatingEntity switch
    {
        "user" => "the person or her client",
        "admin" => "an administrator",
        _ => "the server",
    };

    [LoggerMessage(LogLevel.Information,
        "Revocation {TransactionId}: subject {Subject}, session {SessionId}; {Ended} SSO sessions ended.")]
    private partial void LogRevoked(string transactionId, string? subject, string? sessionId, int ended);
}

/// <param name="Notifications">What clients are to be told.</param>
internal sealed record RevokedSessions(RevocationAnswer Answer, IReadOnlyList<LogoutNotification> Notifications);

/// <param name="Jti">Of the SET that Kafka gets.</param>
/// <param name="Txn">Of all SETs.</param>
/// <param name="Sessions">How many SSO sessions ended.</param>
internal sealed record RevocationAnswer(string Jti, string Txn, int Sessions);
