using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

/// <summary>Whose tokens a resource server accepts, and for whom they must be.</summary>
public sealed record AccessTokenRules(string Issuer, string Audience, TimeSpan ClockSkew)
{
    /// <summary>The accepted algorithms; RS256 only where it is asked for.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; init; } = [JwsAlgorithm.ES256, JwsAlgorithm.PS256];

    /// <summary>Whether bearer tokens are refused (FAPI 2.0 section 5.3.3).</summary>
    public bool RequiresConfirmation { get; init; }
}
