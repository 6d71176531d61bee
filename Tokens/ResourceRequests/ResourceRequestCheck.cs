using Microsoft.Extensions.Primitives;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.DPoP;

namespace Platform.Tokens.ResourceRequests;

/// <summary>The outcome of checking a request to a protected resource.</summary>
public abstract record ResourceRequestCheck
{
    private ResourceRequestCheck()
    {
    }

    /// <summary>
    /// The token is good, and its key or certificate was shown. Whether the nonce of the proof is a recent one and its
    /// id a new one is for the resource server to say, who remembers both.
    /// </summary>
    /// <param name="Token">The access token.</param>
    /// <param name="Proof">The DPoP proof, null under the scheme Bearer.</param>
    public sealed record Valid(AccessToken Token, DPoPProof? Proof) : ResourceRequestCheck;

    /// <summary>Refused.</summary>
    /// <param name="Status">The status of the answer.</param>
    /// <param name="Error">The error for the caller; null when no token was sent (RFC 6750 section 3.1).</param>
    /// <param name="Reason">The reason, for the log.</param>
    /// <param name="Challenge">The values of the header WWW-Authenticate.</param>
    public sealed record Refused(int Status, string? Error, string Reason, StringValues Challenge)
        : ResourceRequestCheck;
}
