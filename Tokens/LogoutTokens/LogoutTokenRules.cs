using Platform.Tokens.Jose;

namespace Platform.Tokens.LogoutTokens;

/// <summary>Whose logout tokens a client accepts.</summary>
public sealed record LogoutTokenRules(string Issuer, string ClientId, TimeSpan ClockSkew)
{
    /// <summary>The accepted algorithms, which are those of ID tokens; RS256 only where it is asked for.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; init; } = [JwsAlgorithm.ES256, JwsAlgorithm.PS256];
}
