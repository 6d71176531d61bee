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
        SessionRevoker revoker, AuditLog audit, TimeProvider clock)
    {
        var caller = await bearer.CheckClientAsync(request, Scope);
        if (caller is BearerCheck.Refused refused)
            return refused;

        var (command, fault) = await EventCommand.ReadAsync(request, clock.GetUtcNow());
        if (command is null)
            return Problem(fault!);
        if (await subjects.FindAsync(command.Subject) is not { } subject)
            return Problem("The session is of another user.");

        var raised = events.Make(command.Type, subject, command.Event);
        audit.AdministratorActed(((BearerCheck.Valid)caller).Token.ClientId,
            $"event {EventTypes.ShortName(command.Type)}", subject.Session ?? subject.User ?? command.Subject.ToJson()["format"]!.ToString());
        if (command.Type is EventTypes.SessionRevoked && EndOf(command.Subject, raised) is { } end)
            await revoker.RevokeAsync(end);
        else
            await outbox.AddAsync(raised);

        return TypedResults.Json(new RaisedAnswer(raised.JwtIdAt(KafkaDestination.Name), raised.TransactionId),
            statusCode: StatusCodes.Status202Accepted);
    }

    // An event must not say of a session of ours what is not so: it ends. Where a person is narrowed down to a device or a tenant,
    // only others know what of hers is meant.
    private static SessionEnd? EndOf(SubjectIdentifier named, SecurityEvent raised) => raised.Subject switch
    {
        { Session: not null } => End(raised, EndedGrants.OfSessions),
        { User: not null } when named is not SubjectIdentifier.Complex complex || complex.Members.Count() == 1 => End(raised, EndedGrants.OfUser),
        _ => null,
    };

    private static SessionEnd End(SecurityEvent raised, EndedGrants grants) =>
        new(raised.Subject.User, raised.Subject.Session, EventCause.Administrator("Raised by an administrator."))
        {
            Grants = grants,
            Event = raised,
        };

    private static ProblemHttpResult Problem(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The event cannot be raised");
}

/// <param name="Jti">Of the SET that Kafka gets.</param>
/// <param name="Txn">Of all SETs.</param>
internal sealed record RaisedAnswer(string Jti, string Txn);
