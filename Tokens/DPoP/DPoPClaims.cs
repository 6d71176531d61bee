using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.DPoP;

internal static class DPoPClaims
{
    // Receivers remember it, so that its size is not the sender's choice.
    private const int MaximumIdLength = 256;

    /// <summary>The checks of RFC 9449 section 4.3 on the claims, by its numbers; the reason of the first that fails.</summary>
    public static string? Refusal(
        JsonElement claims, string method, string htu, string? accessToken, DPoPRules rules, DateTimeOffset now)
    {
        // 3: the required claims
        if (claims.Text("jti") is not { Length: > 0 and <= MaximumIdLength })
        {
            return "The proof id (jti) is not a string of 1 to 256 characters.";
        }

        if (!claims.Has("htm"))
        {
            return "The method (htm) is missing.";
        }

        if (claims.Text("htu") is not { } address)
        {
            return "The address (htu) is missing.";
        }

        if (claims.Time("iat") is not { } issued)
        {
            return "The time of issue (iat) is missing.";
        }

        // 8: methods are case-sensitive (RFC 9110 section 9.1)
        if (!claims.Is("htm", method))
        {
            return "The method (htm) is another one.";
        }

        // 9
        if (!HttpTargetUri.Matches(address, htu))
        {
            return "The address (htu) is another one.";
        }

        // 10: whether the nonce is one of the server's is for the receiver to say
        if (claims.Has("nonce") && claims.Text("nonce") is null)
        {
            return "The nonce is not a string.";
        }

        // 11
        if (issued > now + rules.ClockSkew)
        {
            return "The proof was issued in the future (iat).";
        }

        if (issued <= now - rules.MaximumAge)
        {
            return "The proof was issued too long ago (iat).";
        }

        // 12: which key the token is bound to, the receiver compares with the thumbprint
        if (accessToken is not null
            && !(claims.Text("ath") is { } hash && AccessTokenHash.Matches(hash, accessToken)))
        {
            return "The proof is not for this access token (ath).";
        }

        return null;
    }

    public static DPoPProof Read(JsonElement claims, string thumbprint) => new(
        thumbprint,
        claims.Text("jti")!,
        claims.Time("iat")!.Value,
        claims.Text("nonce"),
        claims.Text("ath"));
}
