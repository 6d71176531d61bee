using System.Security.Cryptography;
using System.Text.Json;

namespace Platform.IdP.Signals.Streams;

/// <summary>Pushes one SET to its receiver (RFC 8935 section 2).</summary>
internal sealed class PushSender(StreamSets sets, DeliveryReader deliveries, OutboundClient outbound)
{
    // RFC 8935 section 2.4: the receiver does not know who calls. The SET is not to blame.
    private static readonly string[] OfTransmitter = ["authentication_failed", "access_denied"];

    // It may not have fetched a key that is new.
    private const string InvalidKey = "invalid_key";

    public async Task<PushOutcome> SendAsync(EventStream stream, SecurityEvent raised, CancellationToken cancellationToken)
    {
        if (!TryOpenAuthorization(stream, out var authorization))
            return new PushOutcome.Failed("authorization_header cannot be opened: Keys:Secret was another when the receiver gave it");

        var token = sets.Sign(stream, raised);
        using var span = PushSpan.Start(token);
        var answer = await outbound.PostEventAsync(
            new Uri(stream.Delivery.EndpointUrl!), token.Token, authorization, cancellationToken);
        PushOutcome outcome = answer switch
        {
            OutboundAnswer.Ok => new PushOutcome.Accepted(),
            OutboundAnswer.Refused { Status: 400 } refused => Read(refused),
            OutboundAnswer.Refused refused => new PushOutcome.Failed(refused.Reason),
            _ => throw new InvalidOperationException("The answer is of no known kind."),
        };
        PushSpan.Tell(outcome);
        return outcome;
    }

    private bool TryOpenAuthorization(EventStream stream, out string? authorization)
    {
        try
        {
            authorization = deliveries.OpenAuthorization(stream);
            return true;
        }
        catch (CryptographicException)
        {
            authorization = null;
            return false;
        }
    }

    // RFC 8935 section 2.3
    private static PushOutcome Read(OutboundAnswer.Refused refused)
    {
        var json = refused.Body is { } body ? ReceivedJson.Parse(body, JsonValueKind.Object) : null;
        var (err, description) = (DeadLetters.Short(json?.TextOf("err")), DeadLetters.Short(json?.TextOf("description")));
        return err is null ? new PushOutcome.Refused("unexplained", refused.Reason, IsFinal: false)
            : OfTransmitter.Contains(err) ? new PushOutcome.Failed($"{err} {description}".Trim(), err)
            : new PushOutcome.Refused(err, description, IsFinal: err != InvalidKey);
    }
}
