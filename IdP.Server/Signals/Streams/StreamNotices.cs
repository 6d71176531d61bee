using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>The events of the framework itself, whose subject is the stream (SSF 1.0 sections 8.1.4.1 and 8.1.5).</summary>
internal sealed class StreamNotices(StreamQueues queues, EventFactory events)
{
    /// <summary>False when the stream has gone meanwhile.</summary>
    public Task<bool> VerifyAsync(EventStream stream, string? state) => queues.Of(stream.Id).AddAsync(
        Make(stream, EventTypes.Verification, state is null ? [] : new JsonObject { ["state"] = state }));

    /// <summary>Of what the transmitter or its administrator did: a receiver that changes the status knows.</summary>
    public SecurityEvent OfStatus(EventStream stream)
    {
        var members = new JsonObject { ["status"] = stream.Status };
        if (stream.Reason is not null)
        {
            members["reason"] = stream.Reason;
        }

        return Make(stream, EventTypes.StreamUpdated, members);
    }

    private SecurityEvent Make(EventStream stream, string type, JsonObject members) => events.Make(
        type,
        new EventSubject { Given = JsonSerializer.SerializeToElement(new SubjectIdentifier.Opaque(stream.Id).ToJson()) },
        JsonSerializer.SerializeToElement(members));
}
