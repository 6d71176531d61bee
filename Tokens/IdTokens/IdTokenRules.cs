using Platform.Tokens.Jose;

namespace Platform.Tokens.IdTokens;

/// <summary>Whose ID tokens a client accepts.</summary>
public sealed record IdTokenRules(string Issuer, string ClientId, TimeSpan ClockSkew)
{
    /// <summary>The accepted algorithms; RS256 only where it is asked for.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; init; } = [JwsAlgorithm.ES256, JwsAlgorithm.PS256];

    /// <summary>How long ago a token may have been issued when it arrives.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromMinutes(10);
}
