using Microsoft.Extensions.Primitives;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.DPoP;

namespace Platform.Tokens.ResourceRequests;

/// <summary>The token of a request, and what was shown along with it.</summary>
internal sealed record ShownCredentials(string Token, DPoPProof? Proof, string? CertificateThumbprint)
{
    private const string BearerScheme = "Bearer";
    private const string DPoPScheme = "DPoP";

    public Confirmation Possession => new(Proof?.Thumbprint, CertificateThumbprint);

    /// <summary>Reads the headers; the checks in order, or the first that fails.</summary>
    public static ResourceRequestCheck.Refused? Read(
        ResourceRequest request, DPoPRules rules, DateTimeOffset now, out ShownCredentials? shown)
    {
        shown = null;

        // RFC 6750 section 3.1: without any credentials the challenge carries no error
        if (request.Authorization.Count == 0)
        {
            return NoToken("No token was sent.", rules);
        }

        // RFC 6750 section 2: one token
        if (request.Authorization is not [{ } header])
        {
            return Malformed("More than one token was sent.", rules);
        }

        // RFC 9110 section 11.4: the scheme without regard to case
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? header : header[..space];
        var token = space < 0 ? "" : header[space..].Trim(' ');
        var isDPoP = scheme.Equals(DPoPScheme, StringComparison.OrdinalIgnoreCase);
        if (!isDPoP && !scheme.Equals(BearerScheme, StringComparison.OrdinalIgnoreCase))
        {
            return NoToken("The scheme is neither Bearer nor DPoP.", rules);
        }

        // RFC 6750 section 2.1, RFC 9449 section 7.1: token68, which has neither spaces nor commas
        if (token.Length == 0 || token.AsSpan().ContainsAny(' ', ','))
        {
            return Malformed("The header Authorization has no token after its scheme.", rules);
        }

        // RFC 9449 section 7.2: a proof does not count under the scheme Bearer
        DPoPProof? proof = null;
        if (isDPoP && ReadProof(request, token, rules, now, out proof) is { } refusal)
        {
            return refusal;
        }

        shown = new ShownCredentials(token, proof, request.CertificateThumbprint);
        return null;
    }

    /// <summary>A token is not accepted; the challenge is for the scheme that was used.</summary>
    public ResourceRequestCheck.Refused Refuse(string error, string reason, DPoPRules rules) =>
        new(401, error, reason, Proof is null ? Both(rules, error) : ResourceChallenge.DPoP(rules, error));

    private static ResourceRequestCheck.Refused? ReadProof(
        ResourceRequest request, string token, DPoPRules rules, DateTimeOffset now, out DPoPProof? proof)
    {
        proof = null;

        // RFC 9449 section 4.3, 1: one header
        if (request.DPoP is not [{ } text])
        {
            return BadProof(request.DPoP.Count == 0 ? "No proof was sent." : "More than one proof was sent.", rules);
        }

        switch (DPoPProofValidator.Check(text, request.Method, request.Address, token, rules, now))
        {
            case DPoPCheck.Valid valid:
                proof = valid.Proof;
                return null;
            case DPoPCheck.Refused refused:
                return BadProof(refused.Reason, rules);
            default:
                throw new InvalidOperationException("The check of the proof has another outcome.");
        }
    }

    private static ResourceRequestCheck.Refused NoToken(string reason, DPoPRules rules) =>
        new(401, null, reason, Both(rules, error: null));

    private static ResourceRequestCheck.Refused Malformed(string reason, DPoPRules rules) =>
        new(400, "invalid_request", reason, Both(rules, "invalid_request"));

    private static ResourceRequestCheck.Refused BadProof(string reason, DPoPRules rules) =>
        new(401, "invalid_dpop_proof", reason, ResourceChallenge.DPoP(rules, "invalid_dpop_proof"));

    // RFC 9449 section 7.2: who takes both schemes says so
    private static StringValues Both(DPoPRules rules, string? error) =>
        new([ResourceChallenge.Bearer(error), ResourceChallenge.DPoP(rules)]);
}
