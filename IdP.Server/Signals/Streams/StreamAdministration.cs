using Microsoft.AspNetCore.Http.HttpResults;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>What an administrator sees of the streams.</summary>
internal static class StreamAdministration
{
    public const string StatusPath = Path + "/{streamId}/status";
    public const string DeadLettersPath = Path + "/{streamId}/dead-letters";

    private const string Path = "/admin/streams";
    private const string Scope = "streams.read";
    private const int MostLetters = 100;

    public static void MapStreamAdministration(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List);
        routes.MapGet(DeadLettersPath, ListDeadLetters);
        routes.MapStreamIntervention();
    }

    internal static async Task<IResult> List(
        HttpRequest request, BearerAuthentication bearer, StreamStore streams, StreamRecords records, DeadLetters deadLetters,
        IConnectionMultiplexer redis)
    {
        if (await bearer.CheckAsync(request, Scope) is BearerCheck.Refused refused)
            return refused;

        var shown = new List<StreamSummary>();
        foreach (var stream in await streams.ListAsync())
        {
            var queue = new StreamQueue(redis, stream.Id);
            shown.Add(StreamSummary.Of(
                stream, await records.ReadAsync(stream.Id), await queue.CountAsync(), (await queue.OldestAsync())?.Event.RaisedAt,
                await deadLetters.CountAsync(stream.Id)));
        }

        return TypedResults.Json(shown, AdministrationJson.Default.ListStreamSummary);
    }

    internal static async Task<IResult> ListDeadLetters(
        HttpRequest request, string streamId, BearerAuthentication bearer, StreamStore streams, DeadLetters deadLetters)
    {
        if (await bearer.CheckAsync(request, Scope) is BearerCheck.Refused refused)
            return refused;
        if (await streams.FindAsync(streamId) is null)
            return Unknown();

        return TypedResults.Json(
            (await deadLetters.ListAsync(streamId, MostLetters)).ToList(), AdministrationJson.Default.ListDeadLetter);
    }

    internal static ProblemHttpResult Unknown() =>
        TypedResults.Problem("There is no such stream.", statusCode: StatusCodes.Status404NotFound);
}
