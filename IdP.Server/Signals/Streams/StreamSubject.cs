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
        var user = User(stream, subject);
        if (subject.Given is { } given)
        {
            return Recast(SubjectIdentifier.Parse(given), user);
        }


        // Without a session all of the user's are meant: a receiver that does not know sessions ends more than it must,
        // which is better than to end none.
        return stream.Format switch
        {
            SubjectFormats.Email when Email(subject) is { } email => email,
            SubjectFormats.IssuerSubject or SubjectFormats.Email when user is not null => user,
            _ => new SubjectIdentifier.Complex(user, Session(subject)),
        };
    }

    /// <summary>
    /// All whom the event is about, by all their names, to be compared with what the receiver added or removed: a person whom the
    /// event names in one way may be followed by another.
    /// </summary>
    public EventParticipants Participants(EventStream stream, EventSubject subject)
    {
        SubjectIdentifier?[] names = [User(stream, subject), Email(subject)];
        return new EventParticipants(
            subject.Given is { } given ? SubjectIdentifier.Parse(given) : new SubjectIdentifier.Complex(null, Session(subject)),
            names.OfType<SubjectIdentifier>());
    }

    // OpenID Connect Core section 8.1: the sub by which a person is known here is not for those who know her by another.
    private SubjectIdentifier Recast(SubjectIdentifier given, SubjectIdentifier.IssuerSubject? user) => given switch
    {
        SubjectIdentifier.IssuerSubject ours when user is not null && ours.Issuer == idp.Value.Issuer => user,
        SubjectIdentifier.Complex { User: { } member } complex => complex with { User = Recast(member, user) },
        SubjectIdentifier.Aliases aliases => new SubjectIdentifier.Aliases([.. aliases.Identifiers.Select(each => Recast(each, user))]),
        _ => given,
    };

    private static SubjectIdentifier.Opaque? Session(EventSubject subject) => subject.Session is { } sid ? new(sid) : null;

    private SubjectIdentifier.IssuerSubject? User(EventStream stream, EventSubject subject) =>
        subject.User is { } user && clients.Find(stream.ClientId) is { } client
            ? new(idp.Value.Issuer, subjects.For(client, user))
            : null;

    private SubjectIdentifier.Email? Email(EventSubject subject) =>
        (subject.Email ?? (subject.User is null ? null : users.FindBySubject(subject.User)?.Email)) is { } address
            ? new(address)
            : null;
}
