using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.IdP.Keys;

/// <summary>Where an administrator has new keys made, published and used at once.</summary>
internal static class KeyRotationEndpoint
{
    public const string Path = "/admin/keys/rotate";
    private const string Scope = "keys.rotate";

    internal static async Task<IResult> Rotate(
        HttpRequest request, BearerAuthentication bearer, SigningKeys keys, AuditLog audit,
        CancellationToken cancellationToken)
    {
        var caller = await bearer.CheckClientAsync(request, Scope);
        if (caller is BearerCheck.Refused refused)
            return refused;

        var (command, fault) = await KeyRotationCommand.ReadAsync(request, cancellationToken);
        if (command is null)
            return Problem(StatusCodes.Status400BadRequest, fault!);

        audit.AdministratorActed(((BearerCheck.Valid)caller).Token.ClientId, "key rotation", command.Only?.ToString() ?? "all");
        return keys.Rotate(command.Only) switch
        {
            KeyRotationCheck.Done done => TypedResults.Json(new KeyRotationAnswer([.. done.Keys.Select(KeyDescription.Of)])),
            KeyRotationCheck.Refused limit => Problem(StatusCodes.Status409Conflict, limit.Description),
            _ => Problem(StatusCodes.Status503ServiceUnavailable,
                "The folder of the keys cannot be used; the log of the server says why."),
        };
    }

    private static ProblemHttpResult Problem(int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: "The keys cannot be rotated");
}
