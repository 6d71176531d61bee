using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>Whose events a receiver accepts, and for whom they must be.</summary>
public sealed record SecurityEventRules(string Issuer, string Audience, TimeSpan ClockSkew)
{
    /// <summary>The accepted algorithms; the CAEP interoperability profile has RS256.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; init; } = [JwsAlgorithm.RS256];
}
