using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>Where a receiver fetches its SETs and says what became of those before (RFC 8936 section 2).</summary>
internal sealed class PollEndpoint(
    Receivers receivers, StreamQueues queues, PollAcknowledgements acknowledgements, LongPolls longPolls, StreamSets sets,
    IOptions<StreamOptions> options)
{
    public async Task<IResult> PollAsync(HttpContext http, string streamId)
    {
        var check = await FindAsync(http, streamId);
        if (check is not StreamCheck.Valid(var stream, _))
            return ((StreamCheck.Refused)check).Error;
        if (await ReceivedJson.ReadObjectAsync(http.Request) is not { } body)
            return receivers.Unreadable(http).Error;

        var (request, fault) = PollRequest.Read(body, options.Value.PollBatch);
        if (request is null)
            return receivers.Refuse(http, "invalid_request", fault!).Error;

        await acknowledgements.TakeAsync(stream, request);

        // One more than is wanted says whether there are more.
        var most = request.Most + 1;
        if (request.Most == 0 || request.ReturnsImmediately)
            return Answer(stream, await queues.Of(stream.Id).PeekAsync(stream.Status, most), request.Most);

        return await longPolls.WaitAsync(stream.Id, most, http.RequestAborted) is var (present, waiting)
            ? Answer(present, waiting, request.Most)
            : await FindAsync(http, streamId) is StreamCheck.Refused changed ? changed.Error
            : Answer(stream, [], request.Most);
    }

    private async Task<StreamCheck> FindAsync(HttpContext http, string streamId) => await receivers.FindAsync(http, streamId) switch
    {
        StreamCheck.Valid { Stream.Delivery.IsPush: true } => receivers.Refuse(http, "invalid_request", "The events of this stream are pushed."),
        var check => check,
    };

    // RFC 8936 section 2.5
    private JsonHttpResult<JsonObject> Answer(EventStream stream, IReadOnlyList<QueuedEvent> waiting, int most)
    {
        var answered = new JsonObject();
        foreach (var entry in waiting.Take(most))
        {
            var token = sets.Sign(stream, entry.Event);
            answered[token.Id] = token.Token;
        }

        return TypedResults.Json(new JsonObject { ["sets"] = answered, ["moreAvailable"] = waiting.Count > most });
    }
}
