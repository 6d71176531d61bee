using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Events;

/// <summary>Finds whom of our people a subject identifier means.</summary>
internal sealed class EventSubjects(UserDirectory users, SsoSessionStore sessions, IOptions<IdpOptions> idp)
{
    /// <summary>The subject, with what is known of it here; null when it contradicts itself.</summary>
    public async Task<EventSubject?> FindAsync(SubjectIdentifier identifier)
    {
        var (user, session) = (UserOf(UserPart(identifier)), SessionOf(identifier));
        var owner = session is null ? null : (await sessions.FindBySessionIdAsync(session))?.Subject;
        if (owner is not null && UserPart(identifier) is not null && owner != user)
            return null;

        var subject = new EventSubject { User = user ?? owner, Session = session };
        return IsPlain(identifier, user, session)
            ? subject
            : subject with { Given = JsonSerializer.SerializeToElement(identifier.ToJson()) };
    }

    private string? UserOf(SubjectIdentifier? identifier) => identifier switch
    {
        SubjectIdentifier.IssuerSubject ours when ours.Issuer == idp.Value.Issuer => ours.Subject,
        SubjectIdentifier.Email email => FindOne(user => user.Email.Equals(email.Address, StringComparison.OrdinalIgnoreCase)),
        SubjectIdentifier.PhoneNumber phone => FindOne(user =>
            user.Claims.TryGetValue("phone_number", out var number) && number.ValueEquals(phone.Number)),

        // RFC 9493 section 3.2.8: all of them name the same.
        SubjectIdentifier.Aliases aliases => aliases.Identifiers.Select(UserOf).FirstOrDefault(user => user is not null),
        _ => null,
    };

    // An address that two people have means neither.
    private string? FindOne(Func<User, bool> isMeant) =>
        users.All.Where(isMeant).Take(2).ToList() is [var one] ? one.Subject : null;

    private static SubjectIdentifier? UserPart(SubjectIdentifier identifier) =>
        identifier is SubjectIdentifier.Complex complex ? complex.User : identifier;

    private static string? SessionOf(SubjectIdentifier identifier) =>
        identifier is SubjectIdentifier.Complex { Session: SubjectIdentifier.Opaque session } ? session.Id : null;

    // What says no more than which user and which session needs not be kept in its own words.
    private static bool IsPlain(SubjectIdentifier identifier, string? user, string? session) => identifier switch
    {
        SubjectIdentifier.IssuerSubject => user is not null,
        SubjectIdentifier.Complex complex => complex.Members.Count() ==
            (user is not null && complex.User is SubjectIdentifier.IssuerSubject ? 1 : 0) + (session is null ? 0 : 1),
        _ => false,
    };
}
