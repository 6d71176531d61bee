using Platform.Sessions;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Transmitters;

/// <summary>Whose sessions an event means: a user's, or that of one session at the issuer.</summary>
internal sealed record EventTarget(string Issuer, string? Subject, string? SessionId);

/// <summary>Whom an event concerns here, or why it concerns nobody.</summary>
internal abstract record TargetCheck
{
    /// <summary>None, where the address is known to nobody who has a session.</summary>
    public sealed record Found(IReadOnlyList<EventTarget> Targets) : TargetCheck;

    /// <summary><paramref name="Error"/>: RFC 8935 section 2.4; the reason is for the log.</summary>
    public sealed record Refused(string Error, string Reason) : TargetCheck;
}

/// <summary>
/// Maps what a transmitter calls its subjects to whose sessions there are here. It speaks for its own users, and for
/// those of others only where the configuration says so, or one issuer could sign out another's.
/// </summary>
internal sealed class SubjectTargets(EmailSubjects emails)
{
    public const string IssuerSubject = "iss_sub";
    public const string Email = "email";

    public async ValueTask<TargetCheck> OfAsync(
        TrustedTransmitter transmitter, SubjectIdentifier subject, CancellationToken cancellationToken) => subject switch
        {
            SubjectIdentifier.Complex { User: { } user, Session: SubjectIdentifier.Opaque session } =>
                await OfUserAsync(transmitter, user, session.Id, cancellationToken),
            SubjectIdentifier.Complex { User: { } user, Session: null } => await OfUserAsync(transmitter, user, sessionId: null, cancellationToken),
            SubjectIdentifier.Complex { User: null, Session: SubjectIdentifier.Opaque session } =>
                new TargetCheck.Found([new(transmitter.Issuer, Subject: null, session.Id)]),
            _ => await OfUserAsync(transmitter, subject, sessionId: null, cancellationToken),
        };

    private async ValueTask<TargetCheck> OfUserAsync(
        TrustedTransmitter transmitter, SubjectIdentifier user, string? sessionId, CancellationToken cancellationToken)
    {
        switch (user)
        {
            case SubjectIdentifier.IssuerSubject named when Knows(transmitter, named.Issuer):
                return new TargetCheck.Found([new(named.Issuer, named.Subject, sessionId)]);

            case SubjectIdentifier.IssuerSubject:
                return Denied("The subject belongs to another issuer than the one that signed the event.");

            case SubjectIdentifier.Email address when transmitter.Subjects.Contains(Email):
                return new TargetCheck.Found([.. await OfAddressAsync(transmitter, address.Address, sessionId, cancellationToken)]);

            case SubjectIdentifier.Email:
                return Denied("The transmitter is not trusted to name users by their address.");

            // RFC 9493 section 3.2.8: all of them name the same subject; the first by which somebody is known is enough
            case SubjectIdentifier.Aliases aliases:
                TargetCheck check = Nobody(aliases);
                foreach (var alias in aliases.Identifiers)
                {
                    switch (await OfUserAsync(transmitter, alias, sessionId, cancellationToken))
                    {
                        case TargetCheck.Found { Targets.Count: > 0 } found:
                            return found;
                        case var other when check is not TargetCheck.Found:
                            check = other;
                            break;
                    }
                }

                return check;

            default:
                return Nobody(user);
        }
    }

    private async Task<IEnumerable<EventTarget>> OfAddressAsync(
        TrustedTransmitter transmitter, string address, string? sessionId, CancellationToken cancellationToken)
    {
        var targets = new List<EventTarget>();
        foreach (var issuer in transmitter.SpeaksFor.Prepend(transmitter.Issuer))
        {
            var subjects = await emails.FindAsync(issuer, address, cancellationToken);
            targets.AddRange(subjects.Select(subject => new EventTarget(issuer, subject, sessionId)));
        }

        return targets;
    }

    private static bool Knows(TrustedTransmitter transmitter, string issuer) =>
        issuer == transmitter.Issuer || (transmitter.Subjects.Contains(IssuerSubject) && transmitter.SpeaksFor.Contains(issuer));

    private static TargetCheck.Refused Denied(string reason) => new(SecurityEventErrors.AccessDenied, reason);

    private static TargetCheck.Refused Nobody(SubjectIdentifier subject) => new(
        SecurityEventErrors.InvalidRequest, $"A subject of the form {subject.GetType().Name} names no session and no user here.");
}
