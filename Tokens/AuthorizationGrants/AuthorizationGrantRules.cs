using Platform.Tokens.Jose;

namespace Platform.Tokens.AuthorizationGrants;

/// <summary>Whose assertions an authorization server takes for a grant.</summary>
/// <param name="TrustedIssuer">The issuer whose keys these are.</param>
/// <param name="Issuer">The issuer identifier of the authorization server.</param>
public sealed record AuthorizationGrantRules(string TrustedIssuer, string Issuer)
{
    /// <summary>The accepted algorithms; RS256 only where it is asked for.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms
    {
        get => Signature.Algorithms;
        init => Signature = Signature with { Algorithms = value };
    }

    /// <summary>How far the clocks may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead the expiry may be.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromHours(1);

    // The type keeps out the issuer's other tokens for this audience, access tokens above all.
    internal JwsRules Signature { get; private init; } = new(
        ["JWT", "", "authorization-grant+jwt"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256]);
}
