using Platform.Caep.Policy;

namespace Platform.Caep.Events;

/// <summary>What became of one Security Event Token, however it came in.</summary>
internal abstract record EventOutcome
{
    /// <summary>The value of the <c>outcome</c> tag in telemetry.</summary>
    public abstract string Name { get; }

    /// <summary>Done to so many sessions. <paramref name="Repeated"/>: it had been done before.</summary>
    public sealed record Applied(EventEffect Effect, int Sessions, bool Repeated) : EventOutcome
    {
        public override string Name => Repeated ? "repeated" : "applied";
    }

    /// <summary>Valid, and nothing to do for it here: noted, acknowledged.</summary>
    public sealed record Recorded : EventOutcome
    {
        public override string Name => "recorded";
    }

    /// <summary>It will never be good. <paramref name="Error"/>: RFC 8935 section 2.4; the reason is for the log.</summary>
    public sealed record Poison(string Error, string Reason) : EventOutcome
    {
        public override string Name => "poison";
    }

    /// <summary>Something that is needed is away. The event may be fine: it is tried again, never skipped.</summary>
    public sealed record Postponed(string Missing, string Reason) : EventOutcome
    {
        /// <summary>Only events of one transmitter beside the issuer miss it: all others need not wait.</summary>
        public bool OfOneTransmitter { get; init; }

        public override string Name => "postponed";
    }
}
