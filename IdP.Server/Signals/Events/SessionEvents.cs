using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Events;

/// <summary>What a sign-in, and the use of the session that it began, tell the world.</summary>
internal sealed class SessionEvents(EventFactory events, AuthenticationClasses classes, IOptions<SignalsOptions> options)
{
    private readonly SignalsOptions _options = options.Value;

    /// <param name="former">The session as it was, where it goes on under another handle.</param>
    public IEnumerable<SecurityEvent> OfStart(SsoSession? former, SsoSession session)
    {
        if (former is null)
        {
            return _options.SessionEstablished is RaisedTo.Nobody ? [] : [Established(session)];
        }

        return LevelOf(former) == LevelOf(session) ? [] : [LevelChanged(former, session)];
    }

    /// <summary>The person was signed in already when a client asked.</summary>
    public IEnumerable<SecurityEvent> OfUse(AuthorizationGrant grant) => _options.SessionPresented is RaisedTo.Nobody ? [] :
        [events.Make(EventTypes.SessionPresented, Subject(grant.Subject, grant.SessionId!), EventCause.User($"Signed in to {grant.ClientId}."))];

    // CAEP 1.0 section 3.6
    private SecurityEvent Established(SsoSession session) => events.Make(
        EventTypes.SessionEstablished, Subject(session.Subject, session.SessionId), EventCause.User("Signed in."), new JsonObject
        {
            ["acr"] = LevelOf(session),
            ["amr"] = new JsonArray([.. session.Methods.Select(method => JsonValue.Create(method))]),
        });

    // CAEP 1.0 section 3.4
    private SecurityEvent LevelChanged(SsoSession former, SsoSession session)
    {
        var (previous, current) = (LevelOf(former), LevelOf(session));
        var isIncrease = classes.All.SkipWhile(level => level != previous).Contains(current);
        return events.Make(EventTypes.AssuranceLevelChange, Subject(session.Subject, session.SessionId),
            EventCause.User(isIncrease ? "Showed another factor." : "Signed in again with fewer factors."), new JsonObject
            {
                ["namespace"] = _options.AssuranceNamespace,
                ["current_level"] = current,
                ["previous_level"] = previous,
                ["change_direction"] = isIncrease ? "increase" : "decrease",
            });
    }

    private string LevelOf(SsoSession session) => session.AuthenticationClass ?? classes.Of(session.Methods);

    private static EventSubject Subject(string user, string session) => new() { User = user, Session = session };
}
