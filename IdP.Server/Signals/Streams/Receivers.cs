using System.Text.Json;

namespace Platform.IdP.Signals.Streams;

/// <summary>What the endpoints of receivers have in common: the body, the stream that is meant, refusals.</summary>
internal sealed class Receivers(StreamStore streams, StreamRecords records, Refusals refusals)
{
    private const int LongestId = 100;

    /// <summary>The receiver's stream of this id; that of another is as unknown as one that does not exist.</summary>
    public async Task<StreamCheck> FindAsync(HttpContext http, string? id)
    {
        if (id is not { Length: > 0 and <= LongestId })
            return Refuse(http, "invalid_request", "stream_id is missing: say which stream is meant.");
        if (await streams.FindAsync(id) is not { } stream || stream.ClientId != http.ReceiverId)
            return Unknown(http);

        await records.SeenAsync(stream.Id);
        return new StreamCheck.Valid(stream, default);
    }

    /// <summary>All streams of the receiver.</summary>
    public async Task<IReadOnlyList<EventStream>> ListAsync(HttpContext http)
    {
        var own = (await streams.ListAsync()).Where(stream => stream.ClientId == http.ReceiverId).ToList();
        await Task.WhenAll(own.Select(stream => records.SeenAsync(stream.Id)));
        return own;
    }

    /// <summary>The body, and the stream that its <c>stream_id</c> names. A type of content is not asked for: SSF has none.</summary>
    public async Task<StreamCheck> ReadAsync(HttpContext http)
    {
        if (await ReceivedJson.ReadObjectAsync(http.Request) is not { } body)
            return Unreadable(http);

        var check = await FindAsync(http, body.TextOf("stream_id"));
        return check is StreamCheck.Valid valid ? valid with { Body = body } : check;
    }

    public StreamCheck.Refused Unreadable(HttpContext http) =>
        Refuse(http, "invalid_request", "The body is not a JSON object.");

    public StreamCheck.Refused Unknown(HttpContext http) =>
        Refuse(http, "not_found", "There is no such stream.", StatusCodes.Status404NotFound);

    public StreamCheck.Refused Refuse(HttpContext http, string error, string description, int? status = null) =>
        new(refusals.Refuse("ssf", http.ReceiverId, error, description, status: status));
}

internal abstract record StreamCheck
{
    public sealed record Valid(EventStream Stream, JsonElement Body) : StreamCheck;

    public sealed record Refused(OAuthError Error) : StreamCheck;
}

internal static class BodyMembers
{
    /// <summary>The member if it is a text.</summary>
    public static string? TextOf(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
