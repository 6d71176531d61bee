using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Where a receiver fetches its SETs and says what became of those before (RFC 8936 section 2).</summary>
internal sealed class PollEndpoint(
    Receivers receivers, IConnectionMultiplexer redis, PollAcknowledgements acknowledgements, LongPolls longPolls,
    StreamSets sets, IOptions<StreamOptions> options)
{
    public async Task<IResult> PollAsync(HttpContext http, string streamId)
    {
        var check = await receivers.FindAsync(http, streamId);
        if (check is not StreamCheck.Valid(var stream, _))
            return ((StreamCheck.Refused)check).Error;
        if (stream.Delivery.IsPush)
            return receivers.Refuse(http, "invalid_request", "The events of this stream are pushed.").Error;
        if (await Receivers.ReadBodyAsync(http) is not { } body)
            return receivers.Unreadable(http).Error;

        var (request, fault) = PollRequest.Read(body, options.Value.PollBatch);
        if (request is null)
            return receivers.Refuse(http, "invalid_request", fault!).Error;

        await acknowledgements.TakeAsync(stream, request);
        var queue = new StreamQueue(redis, stream.Id);

        // One more than is wanted says whether there are more.
        var waiting = request.Most > 0 && !request.ReturnsImmediately
            ? await longPolls.WaitAsync(queue, stream.Id, request.Most + 1, http.RequestAborted)
            : await queue.PeekAsync(stream.Status, request.Most + 1);
        return TypedResults.Json(Answer(stream, [.. waiting.Take(request.Most)], waiting.Count > request.Most));
    }

    // RFC 8936 section 2.5
    private JsonObject Answer(EventStream stream, IReadOnlyList<QueuedEvent> events, bool hasMore)
    {
        var answered = new JsonObject();
        foreach (var entry in events)
        {
            var token = sets.Sign(stream, entry.Event);
            answered[token.Id] = token.Token;
        }

        return new JsonObject { ["sets"] = answered, ["moreAvailable"] = hasMore };
    }
}
