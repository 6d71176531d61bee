using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>Names the subject of an event as a stream's receiver knows it.</summary>
internal sealed class StreamSubject(
    SubjectIdentifiers subjects, UserDirectory users, ClientRegistry clients, IOptions<IdpOptions> idp)
{
    /// <summary>The subject in the format of the stream.</summary>
    public SubjectIdentifier Of(EventStream stream, EventSubject subject)
    {
        if (subject.Given is { } given)
        {
            return SubjectIdentifier.Parse(given);
        }

        var user = User(stream, subject);
        var session = subject.Session is { } sid ? new SubjectIdentifier.Opaque(sid) : null;

        // Without a session all of the user's are meant: a receiver that does not know sessions ends more than it must,
        // which is better than to end none.
        return stream.Format switch
        {
            SubjectFormats.Email when Email(subject) is { } email => email,
            SubjectFormats.IssuerSubject or SubjectFormats.Email when user is not null => user,
            _ => new SubjectIdentifier.Complex(user, session),
        };
    }

    /// <summary>All by whom the event is about, to be compared with what the receiver added or removed.</summary>
    public EventParticipants Participants(EventStream stream, EventSubject subject) => subject.Given is { } given
        ? new(SubjectIdentifier.Parse(given), [])
        : new(
            new SubjectIdentifier.Complex(User(stream, subject), subject.Session is { } sid ? new SubjectIdentifier.Opaque(sid) : null),
            Email(subject) is { } email ? [email] : []);

    private SubjectIdentifier.IssuerSubject? User(EventStream stream, EventSubject subject) =>
        subject.User is { } user && clients.Find(stream.ClientId) is { } client
            ? new(idp.Value.Issuer, subjects.For(client, user))
            : null;

    private SubjectIdentifier.Email? Email(EventSubject subject) =>
        (subject.Email ?? (subject.User is null ? null : users.FindBySubject(subject.User)?.Email)) is { } address
            ? new(address)
            : null;
}
