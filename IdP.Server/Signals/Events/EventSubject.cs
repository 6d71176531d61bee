using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Events;

/// <summary>Whom an event is about, with all that a destination may want to know her by.</summary>
internal sealed record EventSubject
{
    /// <summary>The <c>sub</c> at this issuer; null when the session's owner is not known any more.</summary>
    public string? User { get; init; }

    /// <summary>The <c>sid</c>. SSF 1.0 section 3.1: without one, all sessions of the user are meant.</summary>
    public string? Session { get; init; }

    /// <summary>As it was before the change that the event tells of.</summary>
    public string? Email { get; init; }

    /// <summary>The subject in the words of whoever raised the event, who may know more than this server; it goes out as it is.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>The form that names all: a complex subject of session and user.</summary>
    public SubjectIdentifier ToIdentifier(string issuer) => Given is { } given
        ? SubjectIdentifier.Parse(given)
        : new SubjectIdentifier.Complex(
            User is null ? null : new SubjectIdentifier.IssuerSubject(issuer, User),
            Session is null ? null : new SubjectIdentifier.Opaque(Session));
}
