using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>Whose events a receiver accepts, and for whom they must be.</summary>
public sealed record SecurityEventRules(string Issuer, string Audience, TimeSpan ClockSkew)
{
    /// <summary>Under which other names the receiver is the audience: each of its streams may have one (SSF 1.0 section 4.1.8).</summary>
    public IReadOnlyCollection<string> OtherAudiences { get; init; } = [];

    /// <summary>The accepted algorithms; the CAEP interoperability profile has RS256.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; init; } = [JwsAlgorithm.RS256];

    /// <summary>The members of complex subjects that the transmitter declares critical (SSF 1.0 section 7.1).</summary>
    public IReadOnlyCollection<string> CriticalSubjectMembers { get; init; } = [];

    /// <summary>The members of complex subjects that the receiver goes by; without others it can do.</summary>
    public IReadOnlyCollection<string> SubjectMembers { get; init; } = ["user", "session"];
}
