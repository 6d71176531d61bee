using Platform.Caep.Policy;
using Platform.Caep.Transmitters;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Events;

/// <summary>Whether an event is to be applied, before anything is done.</summary>
internal abstract record EventCheck
{
    /// <summary>It is: this is done, to these. Targets are looked for only where something is done.</summary>
    public sealed record Accepted(
        SecurityEventToken Token, TrustedTransmitter Transmitter, EventEffect Effect, IReadOnlyList<EventTarget> Targets) : EventCheck;

    /// <summary>It is not: poison, or postponed.</summary>
    public sealed record Refused(EventOutcome Outcome) : EventCheck;
}
