using Platform.Caep.Transmitters;

namespace Platform.Caep.Events;

/// <summary>Where an event came in, and from whom, where the door knows that.</summary>
/// <param name="Name">What logs and lists call it.</param>
/// <param name="From">Who delivers; it may deliver its own events only.</param>
/// <param name="VerificationState">What a verification must say that was asked for here.</param>
internal sealed record Door(string Name, TrustedTransmitter? From = null, string? VerificationState = null)
{
    /// <summary>All share it, so that nobody waits here for the keys of a transmitter beside the issuer.</summary>
    public static readonly Door Kafka = new("kafka") { AwaitsKeys = false };

    /// <summary>Where events that came by Kafka wait for such keys.</summary>
    public static readonly Door KafkaAside = new("kafka");

    /// <summary>Whether keys of a transmitter beside the issuer are waited for; the issuer's always are.</summary>
    public bool AwaitsKeys { get; private init; } = true;

    /// <summary>Why an event is refused for which such keys are still not at hand; null: it is postponed.</summary>
    public string? GivesUp { get; private init; }

    /// <summary>It is here by an administrator's doing: how old it is says nothing of how events come.</summary>
    public bool IsReplay { get; private init; }

    public Door ForReplay() => this with { Name = "replay", IsReplay = true };

    public static Door KafkaAtLast(string reason) => Kafka with { GivesUp = reason };

    public static Door Push(TrustedTransmitter from) => new("push", from);

    public static Door Poll(TrustedTransmitter from, string? verificationState) => new("poll", from, verificationState);
}
