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
        if (await streams.FindAsync(id) is not { } stream || stream.ClientId != http.Receiver.Id)
            return Unknown(http);

        await records.SeenAsync(stream.Id);
        return new StreamCheck.Valid(stream, default);
    }

    /// <summary>The body, and the stream that its <c>stream_id</c> names.</summary>
    public async Task<StreamCheck> ReadAsync(HttpContext http)
    {
        if (await ReadBodyAsync(http) is not { } body)
            return Unreadable(http);

        var check = await FindAsync(http, body.TextOf("stream_id"));
        return check is StreamCheck.Valid valid ? valid with { Body = body } : check;
    }

    /// <summary>The JSON object of the body, or null when it is none. A type of content is not asked for: SSF has none.</summary>
    public static async Task<JsonElement?> ReadBodyAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        return ReceivedJson.Parse(await reader.ReadToEndAsync(http.RequestAborted), JsonValueKind.Object);
    }

    public StreamCheck.Refused Unreadable(HttpContext http) =>
        Refuse(http, "invalid_request", "The body is not a JSON object.");

    public StreamCheck.Refused Unknown(HttpContext http) =>
        Refuse(http, "not_found", "There is no such stream.", StatusCodes.Status404NotFound);

    public StreamCheck.Refused Refuse(HttpContext http, string error, string description, int? status = null) =>
        new(refusals.Refuse("ssf", http.Receiver.Id, error, description, status: status));
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
