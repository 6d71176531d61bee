using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

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
        StreamQueues queues)
    {
        if (await bearer.CheckClientAsync(request, Scope) is BearerCheck.Refused refused)
            return refused;

        var shown = new List<StreamSummary>();
        foreach (var stream in await streams.ListAsync())
        {
            var (length, oldest) = await queues.Of(stream.Id).MeasureAsync();
            shown.Add(StreamSummary.Of(
                stream, await records.ReadAsync(stream.Id), length, oldest, await deadLetters.CountAsync(stream.Id)));
        }

        return TypedResults.Json(shown, AdministrationJson.Default.ListStreamSummary);
    }

    internal static async Task<IResult> ListDeadLetters(
        HttpRequest request, string streamId, BearerAuthentication bearer, StreamStore streams, DeadLetters deadLetters, string skip = "0")
    {
        if (await bearer.CheckClientAsync(request, Scope) is BearerCheck.Refused refused)
            return refused;
        if (await streams.FindAsync(streamId) is null)
            return Unknown();
        if (!int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var skipped))
            return TypedResults.Problem("skip must be a number that is not negative.", statusCode: StatusCodes.Status400BadRequest);

        // The latest first.
        var letters = (await deadLetters.ListAsync(streamId)).Reverse().Skip(skipped).Take(MostLetters);
        return TypedResults.Json([.. letters.Select(each => each.Letter)], AdministrationJson.Default.ListDeadLetter);
    }

    internal static ProblemHttpResult Unknown() =>
        TypedResults.Problem("There is no such stream.", statusCode: StatusCodes.Status404NotFound);
}
