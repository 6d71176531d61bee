using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.IdP.Signals;

/// <summary>Where an administrator ends sessions.</summary>
internal static class RevocationEndpoint
{
    public const string Path = "/admin/revocations";
    private const string Scope = "sessions.revoke";

    internal static async Task<IResult> Revoke(
        HttpRequest request, BearerAuthentication bearer, SsoSessionStore sessions, SessionRevoker revoker,
        AuditLog audit, CancellationToken cancellationToken)
    {
        var caller = await bearer.CheckClientAsync(request, Scope);
        if (caller is BearerCheck.Refused refused)
            return refused;

        var (command, fault) = await RevocationCommand.ReadAsync(request, cancellationToken);
        if (command is null)
            return Problem(fault!);

        // The session says whose it is; a sid that is not known here any more may still be known to clients.
        var owner = command.Sid is null ? null : (await sessions.FindBySessionIdAsync(command.Sid))?.Subject;
        if (command.Sub is not null && owner is not null && owner != command.Sub)
            return Problem("The session is of another user.");

        audit.AdministratorActed(((BearerCheck.Valid)caller).Token.ClientId, "revocation", command.Sid ?? command.Sub);
        return TypedResults.Json(await revoker.RevokeAsync(Of(command, owner)), statusCode: StatusCodes.Status202Accepted);
    }

    private static SessionEnd Of(RevocationCommand command, string? owner) => new(
        command.Sub ?? owner, command.Sid, EventCause.Administrator(command.Reason ?? "Revoked by an administrator."))
    {
        Grants = command.Sid is null ? EndedGrants.OfUser : EndedGrants.OfSessions,
    };

    private static ProblemHttpResult Problem(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The revocation cannot be carried out");
}
