using Platform.Tokens.AccessTokens;

namespace Platform.IdP.SenderConstraint;

/// <summary>Which key the tokens of a request are bound to: that of a DPoP proof (RFC 9449) or of a certificate (RFC 8705).</summary>
internal sealed class SenderConstraints(ReceivedProofs proofs, SpentProofs spent, ServerNonces nonces)
{
    /// <summary>What must hold of every proof, before the request uses up an assertion, a code or anything else.</summary>
    public ProofCheck Receive(HttpContext http)
    {
        var check = proofs.Check(http.Request, accessToken: null, nonces.AuthorizationServer);
        if (nonces.AreRequired)
        {
            http.Response.Headers[ServerNonces.Header] = nonces.AuthorizationServer.Current();
        }

        http.Features.Set(check);
        return check;
    }

    /// <summary>For requests that yield tokens; the client is authenticated.</summary>
    public async Task<SenderCheck> CheckAsync(HttpContext http, Client client, CancellationToken cancellationToken)
    {
        var shown = await CheckProofAsync(http, cancellationToken);
        if (shown is not SenderCheck.Valid { Confirmation: var proven })
            return shown;

        // RFC 8705 section 3; a FAPI client that shows both is bound by the proof unless it asked for certificates.
        var certificate = client.RequiresCertificateBinding || (client.IsFapi && proven is null)
            ? http.Connection.ClientCertificate
            : null;

        // RFC 9449 section 5.2
        if (client.RequiresDpop && proven is null)
            return Missing("This client must send a DPoP proof.", "no DPoP proof");

        // RFC 8705 section 3.4
        if (client.RequiresCertificateBinding && certificate is null)
            return Missing("This client must use its certificate.", "no client certificate");

        // FAPI 2.0 section 5.3.2.1
        if (client.RequiresSenderConstraint && proven is null && certificate is null)
            return Missing("Tokens of this client are bound to a key: send a DPoP proof or use a certificate.", "no key was shown");

        return new SenderCheck.Valid(certificate is null
            ? proven
            : new Confirmation(proven?.KeyThumbprint, CertificateThumbprint.Of(certificate)));
    }

    /// <summary>For requests that may carry a proof, such as pushed ones (RFC 9449 section 10.1).</summary>
    public async Task<SenderCheck> CheckProofAsync(HttpContext http, CancellationToken cancellationToken)
    {
        switch (http.Features.Get<ProofCheck>() ?? Receive(http))
        {
            case ProofCheck.Absent:
                return new SenderCheck.Valid(null);
            case ProofCheck.Refused refused:
                return new SenderCheck.Refused(refused.Error, refused.Description, refused.Reason);
            case ProofCheck.Valid { Proof: var proof }:
                if (!await spent.TrySpendAsync(proof))
                    return new SenderCheck.Refused("invalid_dpop_proof", "The DPoP proof was used before.", "the proof was replayed");

                ProtocolSpan.Passed("DPoP proof is for this request and new", "RFC 9449 section 4.3");
                return new SenderCheck.Valid(new Confirmation(proof.Thumbprint, CertificateThumbprint: null));
            default:
                throw new InvalidOperationException();
        }
    }

    private static SenderCheck.Refused Missing(string description, string reason) => new("invalid_request", description, reason);
}
