using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.IdP.Signals.Streams;

/// <summary>What an administrator does to a stream.</summary>
internal static class StreamIntervention
{
    private const string Scope = "streams.write";

    public static void MapStreamIntervention(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(StreamAdministration.StatusPath, SetStatus);
        routes.MapPost(StreamAdministration.DeadLettersPath, SendAgain);
    }

    internal static async Task<IResult> SetStatus(
        HttpContext http, string streamId, BearerAuthentication bearer, StreamStore streams, StreamStatuses statuses, AuditLog audit)
    {
        var check = await ReadAsync(http, streamId, bearer, streams, "status", "reason");
        if (check is not OrderCheck.Valid(var by, var stream, var body))
            return ((OrderCheck.Refused)check).Answer;

        var (command, fault) = StatusCommand.Read(body);
        if (command is null)
            return Problem(fault!);
        if (command.Reason is not { Length: > 0 } reason)
            return Problem("reason is missing: the receiver is told why.");

        audit.AdministratorActed(by, $"stream {command.Status}", stream.Id);
        return await statuses.OrderAsync(stream.Id, command.Status, reason) is { } changed
            ? TypedResults.Json(StreamView.ShowStatus(changed))
            : StreamAdministration.Unknown();
    }

    internal static async Task<IResult> SendAgain(
        HttpContext http, string streamId, BearerAuthentication bearer, StreamStore streams, Redelivery redelivery, AuditLog audit)
    {
        var check = await ReadAsync(http, streamId, bearer, streams, "all", "jti");
        if (check is not OrderCheck.Valid(var by, var stream, var body))
            return ((OrderCheck.Refused)check).Answer;

        var (command, fault) = RedeliveryCommand.Read(body);
        if (command is null)
            return Problem(fault!);
        if (stream.Status == StreamStatus.Disabled)
            return Problem("The stream is disabled, so that its events are dropped: enable or pause it first.");

        audit.AdministratorActed(by, "dead letters again", stream.Id);
        return await redelivery.SendAsync(stream, command) is RedeliveryOutcome.Sent sent
            ? TypedResults.Json(new RedeliveryAnswer(sent.Letters, sent.Left), AdministrationJson.Default.RedeliveryAnswer)
            : Problem("One of jti is no dead letter of this stream: nothing was sent.");
    }

    // 1 who it is  2 which stream  3 a JSON object  4 no member that is misspelt
    private static async Task<OrderCheck> ReadAsync(
        HttpContext http, string streamId, BearerAuthentication bearer, StreamStore streams, params string[] members)
    {
        var caller = await bearer.CheckClientAsync(http.Request, Scope);
        if (caller is not BearerCheck.Valid(var token, _))
            return new OrderCheck.Refused((BearerCheck.Refused)caller);
        if (await streams.FindAsync(streamId) is not { } stream)
            return new OrderCheck.Refused(StreamAdministration.Unknown());
        if (!http.Request.HasJsonContentType() || await ReceivedJson.ReadObjectAsync(http.Request) is not { } body)
            return new OrderCheck.Refused(Problem("The body must be a JSON object with unique members."));

        return body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !members.Contains(name)) is null
            ? new OrderCheck.Valid(token.ClientId, stream, body)
            : new OrderCheck.Refused(Problem($"The body has another member than {string.Join(" and ", members)}."));
    }

    private static ProblemHttpResult Problem(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The stream stays as it is");

    private abstract record OrderCheck
    {
        public sealed record Valid(string By, EventStream Stream, JsonElement Body) : OrderCheck;

        public sealed record Refused(IResult Answer) : OrderCheck;
    }
}

/// <param name="Sent">How many wait for the receiver again.</param>
/// <param name="Left">How many dead letters there are still.</param>
internal sealed record RedeliveryAnswer(int Sent, long Left);
