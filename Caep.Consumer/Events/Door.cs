using Platform.Caep.Transmitters;

namespace Platform.Caep.Events;

/// <summary>Where an event came in, and from whom, where the door knows that.</summary>
internal sealed record Door(string Name, TrustedTransmitter? From = null)
{
    public static readonly Door Kafka = new("kafka");

    public static Door Push(TrustedTransmitter from) => new("push", from);

    public static Door Poll(TrustedTransmitter from) => new("poll", from);
}
