using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Delivery;

/// <summary>An event as it waits in a queue. Whatever will be asked of it has been read: nothing in it fails later.</summary>
/// <param name="Raw">By which it is found again, to be removed.</param>
internal sealed record QueuedEvent(SecurityEvent Event, string Raw)
{
    /// <exception cref="JsonException">It is not of this version.</exception>
    public static QueuedEvent Read(string raw)
    {
        var read = JsonSerializer.Deserialize(raw, SecurityEventJson.Default.SecurityEvent);
        if (read?.Members.ValueKind is not JsonValueKind.Object)
        {
            throw new JsonException("The entry is no event.");
        }

        try
        {
            _ = read.Subject.Given is { } given ? SubjectIdentifier.Parse(given) : null;
        }
        catch (FormatException fault)
        {
            throw new JsonException(fault.Message, fault);
        }

        return new QueuedEvent(read, raw);
    }
}
