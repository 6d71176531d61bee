using Platform.Tokens.Jose;

namespace Platform.Tokens.DPoP;

/// <summary>What a receiver of DPoP proofs accepts (RFC 9449 sections 4.3 and 11.1).</summary>
public sealed record DPoPRules
{
    /// <summary>The rules of FAPI 2.0.</summary>
    public static DPoPRules Default { get; } = new();

    /// <summary>The accepted algorithms; RS256 only where it is asked for.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms
    {
        get => Signature.Algorithms;
        init => Signature = Signature with { Algorithms = value };
    }

    /// <summary>How old a proof may be; one of exactly this age is refused.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far the client's clock may be ahead.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);

    internal JwsRules Signature { get; private init; } =
        new([DPoPProofs.Type], [JwsAlgorithm.ES256, JwsAlgorithm.PS256]);
}
