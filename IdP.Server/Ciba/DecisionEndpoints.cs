using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Ciba;

/// <summary>Where the operator's own means of asking people (an app, a telephone, a test bed) report what was decided.</summary>
internal static class DecisionEndpoints
{
    public const string Path = "/admin/ciba/decisions";
    public const string AutomatedPath = "/admin/ciba/automated-decisions";
    private const string Scope = "ciba.decide";

    public static void MapDecisions(this IEndpointRouteBuilder routes, CibaOptions options)
    {
        routes.MapPost(Path, Decide);
        if (options.AutomationKey is not null)
        {
            routes.MapPost(AutomatedPath, DecideByAddress);
        }
    }

    internal static async Task<IResult> Decide(
        HttpRequest request, BearerAuthentication bearer, CibaRequestStore requests, CibaDecisions decisions,
        AuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = await bearer.CheckClientAsync(request, Scope);
        if (check is BearerCheck.Refused refused)
            return refused;

        return await DecisionCommand.ReadAsync(request, cancellationToken) is not { AuthReqId: { } handle } command
            ? Problem("The body must be a JSON object with auth_req_id, and decision: allow or deny.")
            : await DecideAsync(handle, command.Decision == "allow", ((BearerCheck.Valid)check).Token.ClientId, requests, decisions, audit, clock);
    }

    // For test beds, which can call an address and send nothing.
    internal static async Task<IResult> DecideByAddress(
        string? key, string? auth_req_id, string? action, IOptions<CibaOptions> options, CibaRequestStore requests,
        CibaDecisions decisions, AuditLog audit, TimeProvider clock)
    {
        if (key is null || options.Value.AutomationKey is not { } expected || !IsSame(key, expected))
            return Problem("The key is wrong.", StatusCodes.Status403Forbidden);

        return auth_req_id is null || action is not ("allow" or "deny")
            ? Problem("Give auth_req_id, and action: allow or deny.")
            : await DecideAsync(auth_req_id, action == "allow", "automation", requests, decisions, audit, clock);
    }

    private static async Task<IResult> DecideAsync(
        string authReqId, bool allow, string by, CibaRequestStore requests, CibaDecisions decisions, AuditLog audit,
        TimeProvider clock)
    {
        if (await requests.FindAsync(authReqId) is not { } request || request.ExpiresAt <= clock.GetUtcNow())
            return Problem("There is no such request, or it has expired.", StatusCodes.Status404NotFound);

        audit.AdministratorActed(by, allow ? "approval of a CIBA request" : "denial of a CIBA request", request.Subject);
        return await decisions.DecideForUserAsync(request, allow, by)
            ? TypedResults.NoContent()
            : Problem("The request was decided before.", StatusCodes.Status409Conflict);
    }

    private static bool IsSame(string given, string expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static ProblemHttpResult Problem(string detail, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Problem(detail, statusCode: status, title: "The decision cannot be carried out");
}
