using Platform.Tokens.Jose;

namespace Platform.Tokens.ClientAssertions;

/// <summary>Whose assertion an authorization server expects, and what it accepts.</summary>
/// <param name="Issuer">The issuer identifier of the authorization server.</param>
/// <param name="ExpectedClientId">The client whose keys these are.</param>
public sealed record ClientAssertionRules(string Issuer, string ExpectedClientId)
{
    // The type keeps out what the client signs for other ends: request objects, DPoP proofs.
    private static readonly JwsRules DefaultSignature = new(
        ["JWT", "", ClientAssertion.ExplicitType], [JwsAlgorithm.ES256, JwsAlgorithm.PS256]);

    /// <summary>The accepted algorithms; RS256 only where the registration of the client asks for it.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms
    {
        get => Signature.Algorithms;
        init => Signature = Signature with { Algorithms = value };
    }

    /// <summary>
    /// Audiences beside the issuer identifier, for clients of before RFC 7523 was updated: addresses of endpoints
    /// (OpenID Connect Core 1.0 section 9, RFC 9126 section 2, CIBA Core 1.0 section 7.1).
    /// </summary>
    public IReadOnlyCollection<string> OtherAudiences { get; init; } = [];

    /// <summary>How far the clocks may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead the expiry may be, since each id is remembered until then.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromMinutes(10);

    internal JwsRules Signature { get; private init; } = DefaultSignature;
}
