using Platform.Sessions;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Events;

/// <summary>CAEP 1.0 section 3.1: ends the session that is named, or all of the user's.</summary>
internal sealed class SessionRevoked(SessionRevocation revocation) : IEventAction
{
    private static readonly TimeSpan LastInstantOfASecond = TimeSpan.FromMilliseconds(999);

    public string EventType => EventTypes.SessionRevoked;

    public async Task<EventOutcome> ApplyAsync(SecurityEventToken token, CancellationToken cancellationToken)
    {
        var target = Target(token);
        if (target.Refusal is { } reason)
        {
            return new EventOutcome.Poison("invalid_request", reason);
        }

        var outcome = await revocation.RevokeAsync(
            new Revocation(token.Issuer, target.Subject, target.SessionId, token.JwtId, OccurredAt(token)),
            cancellationToken);
        return new EventOutcome.Applied(outcome.Ended, outcome.Repeated);
    }

    // SSF 1.0 section 3.1: an absent member of a complex subject is a wildcard; no session means all of the user's.
    private static (string? Subject, string? SessionId, string? Refusal) Target(SecurityEventToken token) =>
        token.Subject switch
        {
            SubjectIdentifier.IssuerSubject user => OfUser(token, user, sessionId: null),
            SubjectIdentifier.Complex(SubjectIdentifier.IssuerSubject user, null) => OfUser(token, user, sessionId: null),
            SubjectIdentifier.Complex(SubjectIdentifier.IssuerSubject user, SubjectIdentifier.Opaque session) =>
                OfUser(token, user, session.Id),
            SubjectIdentifier.Complex(null, SubjectIdentifier.Opaque session) => (null, session.Id, null),
            var other => (null, null, $"A subject of the form {other.GetType().Name} names no session and no user here."),
        };

    // A transmitter speaks for its own users only, or one issuer could sign out another's.
    private static (string? Subject, string? SessionId, string? Refusal) OfUser(
        SecurityEventToken token, SubjectIdentifier.IssuerSubject user, string? sessionId) =>
        user.Issuer == token.Issuer
            ? (user.Subject, sessionId, null)
            : (null, null, "The subject belongs to another issuer than the one that signed the event.");

    // CAEP counts in seconds. What began within the second of the revocation began before it, to be safe.
    private static DateTimeOffset OccurredAt(SecurityEventToken token) =>
        (token.EventTimestamp ?? token.IssuedAt) is { Millisecond: 0 } second
            ? second + LastInstantOfASecond
            : token.EventTimestamp ?? token.IssuedAt;
}
