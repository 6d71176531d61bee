using Platform.Caep.Transmitters;

namespace Platform.Caep.Events;

/// <summary>Where an event came in, and from whom, where the door knows that.</summary>
/// <param name="Name">What logs and lists call it.</param>
/// <param name="From">Who delivers; it may deliver its own events only.</param>
/// <param name="VerificationState">What a verification must say that was asked for here.</param>
internal sealed record Door(string Name, TrustedTransmitter? From = null, string? VerificationState = null)
{
    public static readonly Door Kafka = new("kafka");

    public static Door Push(TrustedTransmitter from) => new("push", from);

    public static Door Poll(TrustedTransmitter from, string? verificationState) => new("poll", from, verificationState);
}
