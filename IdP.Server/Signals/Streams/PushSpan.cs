using System.Diagnostics;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>What the span of a push says; the call itself has one of its own below, by the conventions for HTTP.</summary>
internal static class PushSpan
{
    /// <summary>The error where the receiver did not say what was wrong (OpenTelemetry's own word for that).</summary>
    private const string OtherError = "_OTHER";

    // What a receiver says else may be anything, the SET included: the dead letters have it.
    private static readonly string[] Errors =
    [
        SecurityEventErrors.InvalidRequest, SecurityEventErrors.InvalidKey, SecurityEventErrors.InvalidIssuer,
        SecurityEventErrors.InvalidAudience, SecurityEventErrors.AuthenticationFailed, SecurityEventErrors.AccessDenied,
        SecurityEventErrors.InvalidState,
    ];

    /// <summary>Begins it in the trace of the change that the event tells of. A receiver gets no trace context, but knows the jti.</summary>
    public static Activity? Start(SignedEvent token)
    {
        ActivityContext.TryParse(token.TraceParent, token.TraceState, isRemote: true, out var parent);
        var span = IdpTelemetry.Source.StartActivity("push event", ActivityKind.Internal, parent);
        if (ProtocolSpan.IsRecorded)
        {
            ProtocolSpan.Join("event", token.Id);
            ProtocolSpan.Request([new("event_type", token.Type), new("sub_id", ProtocolRedaction.Redacted)]);
        }

        return span;
    }

    /// <summary>Why the receiver did not take it, if it did not (RFC 8935 section 2.3).</summary>
    public static void Tell(PushOutcome outcome)
    {
        switch (outcome)
        {
            case PushOutcome.Refused refused:
                ProtocolSpan.Refused(
                    Errors.Contains(refused.Err) ? refused.Err : OtherError,
                    refused.IsFinal ? "the receiver refused the event, which is among the dead letters" : "the receiver refused the event, which is tried again");
                break;
            case PushOutcome.Failed { Err: { } err }:
                ProtocolSpan.Refused(err, "the receiver does not let this transmitter in, and the event waits");
                break;
            case PushOutcome.Failed failed:
                ProtocolSpan.Refused("push_failed", $"the event waits: {failed.Reason}");
                break;
        }
    }
}
