using System.Text;
using System.Text.Json;

namespace Platform.IdP.Signals.Streams;

/// <summary>Reads the member <c>delivery</c> (SSF 1.0 section 6.1). The header for the receiver's endpoint is sealed at once.</summary>
internal sealed class DeliveryReader(CredentialSeal seal, OutboundClient outbound, StreamView view)
{
    private const int LongestAddress = 2048;
    private const int LongestHeader = 4096;

    /// <summary>SSF 1.0 section 8.1.1.1: without the member the stream is polled.</summary>
    public DeliveryCheck Read(EventStream stream, JsonElement body, bool isPartial)
    {
        if (!body.TryGetProperty("delivery", out var delivery) || delivery.ValueKind is JsonValueKind.Null)
            return new DeliveryCheck.Valid(isPartial ? stream.Delivery : new StreamDelivery(StreamDelivery.Poll));
        if (delivery.ValueKind is not JsonValueKind.Object)
            return new DeliveryCheck.Refused("delivery is not a JSON object.");

        return delivery.TextOf("method") switch
        {
            StreamDelivery.Push => ReadPush(stream, delivery),
            StreamDelivery.Poll => ReadPoll(stream, delivery),
            _ => new DeliveryCheck.Refused($"delivery.method must be {StreamDelivery.Push} or {StreamDelivery.Poll}."),
        };
    }

    public string? OpenAuthorization(EventStream stream) => stream.Delivery.Authorization is { } box
        ? Encoding.UTF8.GetString(seal.Open(box, Binding(stream)))
        : null;

    private DeliveryCheck ReadPush(EventStream stream, JsonElement delivery)
    {
        var text = delivery.TextOf("endpoint_url");
        if (text is not { Length: <= LongestAddress } || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Fragment.Length > 0)
            return new DeliveryCheck.Refused("delivery.endpoint_url must be the absolute URL that events are pushed to, without a fragment.");
        if (outbound.Fault(address) is { } fault)
            return new DeliveryCheck.Refused($"delivery.endpoint_url cannot be used: {fault}.");

        // The header is not shown to those who read the stream: who sends back what was read does not mean to take it away.
        if (!delivery.TryGetProperty("authorization_header", out var header))
        {
            var former = stream.Delivery.EndpointUrl == text ? stream.Delivery.Authorization : null;
            return new DeliveryCheck.Valid(new StreamDelivery(StreamDelivery.Push, text, former));
        }

        return header.ValueKind is JsonValueKind.Null ? new DeliveryCheck.Valid(new StreamDelivery(StreamDelivery.Push, text))
            : header.ValueKind is JsonValueKind.String && header.GetString() is { } value && IsHeader(value)
                ? new DeliveryCheck.Valid(new StreamDelivery(
                    StreamDelivery.Push, text, seal.Seal(Encoding.UTF8.GetBytes(value), Binding(stream))))
                : new DeliveryCheck.Refused("delivery.authorization_header is not the value of a header.");
    }

    private DeliveryCheck ReadPoll(EventStream stream, JsonElement delivery) =>
        delivery.TextOf("endpoint_url") is { } address && stream.Delivery.Method == StreamDelivery.Poll && address != view.PollEndpoint(stream.Id)
            ? new DeliveryCheck.Refused("delivery.endpoint_url is the transmitter's where events are polled: leave it out.")
            : new DeliveryCheck.Valid(new StreamDelivery(StreamDelivery.Poll));

    // RFC 9110 section 5.5, without what is obsolete: nothing that could begin another header.
    private static bool IsHeader(string value) =>
        value is { Length: > 0 and <= LongestHeader } && value.All(character => character is >= ' ' and <= '~') && value.Trim() == value;

    // A sealed header is of no use in another stream's place.
    private static string Binding(EventStream stream) => $"stream:{stream.Id}";
}

internal abstract record DeliveryCheck
{
    public sealed record Valid(StreamDelivery Delivery) : DeliveryCheck;

    public sealed record Refused(string Description) : DeliveryCheck;
}
