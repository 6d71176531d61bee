using Platform.Tokens.DPoP;

namespace Platform.IdP.SenderConstraint;

/// <summary>The outcome of checking a request's DPoP proof.</summary>
internal abstract record ProofCheck
{
    public sealed record Absent : ProofCheck;

    /// <summary>Good but for its one use, which <see cref="SpentProofs"/> sees to.</summary>
    public sealed record Valid(DPoPProof Proof) : ProofCheck;

    /// <param name="Error"><c>invalid_dpop_proof</c> or <c>use_dpop_nonce</c>.</param>
    public sealed record Refused(string Error, string Description, string Reason) : ProofCheck;
}
