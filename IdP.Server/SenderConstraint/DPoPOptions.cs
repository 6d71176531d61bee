namespace Platform.IdP.SenderConstraint;

/// <summary>Demonstrating proof of possession (RFC 9449), section <c>Idp:DPoP</c>.</summary>
internal sealed class DPoPOptions
{
    public const string Section = "Idp:DPoP";

    /// <summary>
    /// Whether a proof must carry a nonce of this server (RFC 9449 section 8), so that nobody can make proofs in advance.
    /// </summary>
    public bool RequireNonce { get; set; }
}
