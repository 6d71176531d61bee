using Platform.Tokens.AccessTokens;
using Platform.Tokens.DPoP;

namespace Platform.IdP.SenderConstraint;

/// <summary>Which key the caller of a resource of this server shows to hold, beside its access token.</summary>
internal sealed class Possession(ReceivedProofs proofs, ServerNonces nonces)
{
    public PossessionCheck Check(HttpContext http, PresentedToken presented)
    {
        // RFC 8705 section 3
        var certificate = http.Connection.ClientCertificate is { } shown ? CertificateThumbprint.Of(shown) : null;

        // RFC 9449 section 7.1: a proof counts under its own scheme only, so that no bound token passes as a bearer token.
        if (presented.Scheme is not TokenScheme.DPoP)
            return new PossessionCheck.Shown(new Confirmation(KeyThumbprint: null, certificate), Proof: null);

        // RFC 9449 section 9
        if (nonces.AreRequired)
        {
            http.Response.Headers[ServerNonces.Header] = nonces.Resources.Current();
        }

        // RFC 9449 section 4.3
        return proofs.Check(http.Request, presented.Token, nonces.Resources) switch
        {
            ProofCheck.Valid { Proof: var proof } => new PossessionCheck.Shown(new Confirmation(proof.Thumbprint, certificate), proof),
            ProofCheck.Refused refused => new PossessionCheck.Refused(refused.Error, refused.Reason),
            _ => new PossessionCheck.Refused("invalid_dpop_proof", "no proof was sent"),
        };
    }
}

internal abstract record PossessionCheck
{
    /// <param name="Proof">To be used up when all else is in order.</param>
    public sealed record Shown(Confirmation Confirmation, DPoPProof? Proof) : PossessionCheck;

    public sealed record Refused(string Error, string Reason) : PossessionCheck;
}
