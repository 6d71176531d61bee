namespace Platform.Tokens.DPoP;

/// <summary>The outcome of checking a DPoP proof.</summary>
public abstract record DPoPCheck
{
    private DPoPCheck()
    {
    }

    /// <summary>The proof is good for this request.</summary>
    public sealed record Valid(DPoPProof Proof) : DPoPCheck;

    /// <summary>Refused, <c>invalid_dpop_proof</c> to the caller; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : DPoPCheck;
}
