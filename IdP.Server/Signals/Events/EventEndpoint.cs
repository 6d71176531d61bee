using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Events;

/// <summary>Where an administrator, or a system of hers, raises an event of any type.</summary>
internal static class EventEndpoint
{
    public const string Path = "/admin/events";
    private const string Scope = "signals.raise";

    internal static async Task<IResult> Raise(
        HttpRequest request, BearerAuthentication bearer, EventSubjects subjects, EventFactory events, Outbox outbox,
        SessionRevoker revoker, AuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = await bearer.CheckAsync(request, Scope);
        if (caller is BearerCheck.Refused refused)
            return refused;

        var (command, fault) = await EventCommand.ReadAsync(request, clock.GetUtcNow(), cancellationToken);
        if (command is null)
            return Problem(fault!);
        if (await subjects.FindAsync(command.Subject) is not { } subject)
            return Problem("The session is of another user.");

        var raised = events.Make(command.Type, subject, command.Event);
        audit.AdministratorActed(((BearerCheck.Valid)caller).Token.ClientId,
            $"event {EventTypes.ShortName(command.Type)}", subject.Session ?? subject.User ?? command.Subject.ToJson()["format"]!.ToString());
        if (command.Type is EventTypes.SessionRevoked && EndOf(raised) is { } end)
            await revoker.RevokeAsync(end);
        else
            await outbox.AddAsync(raised);

        return TypedResults.Json(new RaisedAnswer(raised.JwtIdAt(KafkaDestination.Name), raised.TransactionId),
            statusCode: StatusCodes.Status202Accepted);
    }

    // An event must not say of a session of ours what is not so: it ends. What it is narrowed to beside, only others know.
    private static SessionEnd? EndOf(SecurityEvent raised) =>
        raised.Subject is { Given: null, User: not null } or { Given: null, Session: not null }
            ? new SessionEnd(raised.Subject.User, raised.Subject.Session, EventCause.Administrator("Raised by an administrator."))
            {
                Grants = raised.Subject.Session is null ? EndedGrants.OfUser : EndedGrants.OfSessions,
                Event = raised,
            }
            : null;

    private static ProblemHttpResult Problem(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The event cannot be raised");
}

/// <param name="Jti">Of the SET that Kafka gets.</param>
/// <param name="Txn">Of all SETs.</param>
internal sealed record RaisedAnswer(string Jti, string Txn);
