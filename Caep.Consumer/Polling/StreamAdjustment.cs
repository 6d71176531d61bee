using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Caep.Transmitters;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Polling;

/// <summary>Makes a stream of before tell what is wanted by now (SSF 1.0 sections 8.1.1.3 and 8.1.2).</summary>
internal sealed class StreamAdjustment(TrustedTransmitter transmitter, TransmitterCalls calls)
{
    private const string Enabled = "enabled";

    /// <summary>Null, or why the transmitter does not change its stream.</summary>
    /// <exception cref="HttpRequestException">The transmitter does not answer.</exception>
    public async Task<string?> MakeAsync(TransmitterMetadata metadata, JsonElement stream, CancellationToken cancellationToken)
    {
        var fault = await ConfigureAsync(metadata.ConfigurationEndpoint!, stream, cancellationToken);
        return metadata.StatusEndpoint is { } status ? await ResumeAsync(status, PolledStream.IdOf(stream), cancellationToken) ?? fault : fault;
    }

    /// <summary>The address of one stream at an endpoint (SSF 1.0 section 8.1.1.2).</summary>
    public static Uri OfStream(Uri endpoint, string? id) =>
        new UriBuilder(endpoint) { Query = $"stream_id={Uri.EscapeDataString(id ?? "")}" }.Uri;

    /// <summary>What a receiver asks for, beside the way of delivery.</summary>
    public JsonObject Wanted()
    {
        IEnumerable<string> events = transmitter.Events is { } trusted ? trusted : EventTypes.OfSubjects;
        var wanted = new JsonObject { ["events_requested"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]) };
        if (transmitter.Poll!.Format is { } format)
        {
            wanted["format"] = format;
        }

        return wanted;
    }

    private async Task<string?> ConfigureAsync(Uri configuration, JsonElement stream, CancellationToken cancellationToken)
    {
        var wanted = Wanted();
        if (wanted.All(member => !stream.TryGetProperty(member.Key, out var present) || IsSame(member.Value!, present)))
        {
            return null;
        }

        wanted["stream_id"] = PolledStream.IdOf(stream);
        return await FaultOfAsync(() => calls.SendAsync(HttpMethod.Patch, configuration, wanted, TransmitterCalls.Longest, cancellationToken));
    }

    // SSF 1.0 section 8.1.2: it may have been paused because nobody polled it for long (inactivity_timeout).
    private Task<string?> ResumeAsync(Uri status, string? id, CancellationToken cancellationToken) => FaultOfAsync(async () =>
    {
        var present = await calls.SendAsync(HttpMethod.Get, OfStream(status, id), body: null, TransmitterCalls.Longest, cancellationToken);
        if (present is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("status", out var value) && value.ToString() != Enabled)
        {
            var body = new JsonObject { ["stream_id"] = id, ["status"] = Enabled };
            await calls.SendAsync(HttpMethod.Post, status, body, TransmitterCalls.Longest, cancellationToken);
        }
    });

    // A transmitter that says no has a stream all the same, with what it tells already.
    private static async Task<string?> FaultOfAsync(Func<Task> change)
    {
        try
        {
            await change();
            return null;
        }
        catch (HttpRequestException refused) when (refused.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            return refused.Message;
        }
    }

    // A set of events has no order.
    private static bool IsSame(JsonNode wanted, JsonElement present) => wanted is JsonArray events
        ? present.ValueKind == JsonValueKind.Array
            && events.Select(each => (string?)each).ToHashSet().SetEquals(present.EnumerateArray().Select(each => each.ToString()))
        : present.ToString() == (string?)wanted;
}
