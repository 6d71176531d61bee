using Platform.Tokens.DPoP;

namespace Platform.IdP.SenderConstraint;

/// <summary>Checks the DPoP proof of a request without using anything up (RFC 9449 section 4.3).</summary>
internal sealed class ReceivedProofs(EndpointAddresses addresses, ServerNonces nonces, TimeProvider clock)
{
    public const string Header = "DPoP";

    /// <param name="accessToken">The access token that the request shows; null at the authorization server.</param>
    public ProofCheck Check(HttpRequest request, string? accessToken, NonceSeries series)
    {
        var headers = request.Headers[Header];
        if (headers.Count == 0)
            return new ProofCheck.Absent();

        // Check 1: exactly one
        if (headers is not [{ } header])
            return Invalid("more than one DPoP header");

        // Checks 2 to 12
        var check = Check(request, header, accessToken, address: 0);
        for (var address = 1; check is DPoPCheck.Refused && address < addresses.Count; address++)
        {
            check = Check(request, header, accessToken, address);
        }

        if (check is not DPoPCheck.Valid { Proof: var proof })
            return Invalid(((DPoPCheck.Refused)check).Reason);

        // Check 10, sections 8 and 9
        if (nonces.AreRequired && (proof.Nonce is null || !series.IsRecent(proof.Nonce)))
            return new ProofCheck.Refused("use_dpop_nonce", "The DPoP proof needs the nonce of this server.", "no recent nonce");

        return new ProofCheck.Valid(proof);
    }

    public static ProofCheck.Refused Invalid(string reason) =>
        new("invalid_dpop_proof", "The DPoP proof is not valid for this request.", reason);

    private DPoPCheck Check(HttpRequest request, string proof, string? accessToken, int address) => DPoPProofValidator.Check(
        proof, request.Method, addresses.Of(request, address), accessToken, DPoPRules.Default, clock.GetUtcNow());
}
