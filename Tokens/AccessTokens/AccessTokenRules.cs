using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

/// <summary>Whose tokens a resource server accepts, and for whom they must be.</summary>
public sealed record AccessTokenRules(string Issuer, string Audience, TimeSpan ClockSkew)
{
    /// <summary>The accepted algorithms; RS256 only where it is asked for.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms
    {
        get => Signature.Algorithms;
        init => Signature = Signature with { Algorithms = value };
    }

    /// <summary>Whether bearer tokens are refused (FAPI 2.0 section 5.3.3).</summary>
    public bool RequiresConfirmation { get; init; }

    // RFC 9068 section 2.1: the type keeps ID tokens and every other JWT of the issuer out.
    internal JwsRules Signature { get; private init; } = new(
        [AccessTokenClaims.Type], [JwsAlgorithm.ES256, JwsAlgorithm.PS256]);
}
