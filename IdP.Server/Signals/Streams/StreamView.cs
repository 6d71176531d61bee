using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// A stream as its receiver sees it (SSF 1.0 section 8.1.1). The header that it gave for its own endpoint is not shown.
/// </summary>
internal sealed class StreamView(IOptions<IdpOptions> idp, IOptions<StreamOptions> options)
{
    /// <summary>What the transmitter supplies, beside the id.</summary>
    public static readonly IReadOnlyList<string> OfTransmitter =
        ["iss", "aud", "events_supported", "events_delivered", "min_verification_interval", "inactivity_timeout"];

    public string PollEndpoint(string streamId) => $"{idp.Value.Issuer}{StreamEndpoints.PollPath}/{streamId}";

    public JsonObject Show(EventStream stream)
    {
        var shown = new JsonObject
        {
            ["stream_id"] = stream.Id,
            ["iss"] = idp.Value.Issuer,
            ["aud"] = stream.Audience,
            ["events_supported"] = MetadataPart.List(EventTypes.OfSubjects),
            ["events_requested"] = MetadataPart.List(stream.EventsRequested),
            ["events_delivered"] = MetadataPart.List(stream.EventsRequested.Where(stream.Delivers)),
            ["delivery"] = new JsonObject
            {
                ["method"] = stream.Delivery.Method,
                ["endpoint_url"] = stream.Delivery.EndpointUrl ?? PollEndpoint(stream.Id),
            },
            ["format"] = stream.Format,
            ["min_verification_interval"] = (int)options.Value.MinVerificationInterval.TotalSeconds,
        };
        if (stream.Description is not null)
        {
            shown["description"] = stream.Description;
        }

        if (options.Value.InactivityTimeout > TimeSpan.Zero)
        {
            shown["inactivity_timeout"] = (int)options.Value.InactivityTimeout.TotalSeconds;
        }

        return shown;
    }

    public static JsonObject ShowStatus(EventStream stream)
    {
        var shown = new JsonObject { ["stream_id"] = stream.Id, ["status"] = stream.Status };
        if (stream.Reason is not null)
        {
            shown["reason"] = stream.Reason;
        }

        return shown;
    }
}
