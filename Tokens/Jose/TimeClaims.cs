using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>The checks that every JWT with a lifetime has in common; each gives the reason of a refusal.</summary>
internal static class TimeClaims
{
    /// <summary>RFC 7519 section 4.1.4; the claim is required.</summary>
    public static string? ExpiryRefusal(JsonElement claims, TimeSpan skew, DateTimeOffset now) =>
        claims.Time("exp") is not { } expires ? "The expiry (exp) is missing."
        : now >= expires + skew ? "The token has expired (exp)."
        : null;

    /// <summary>RFC 7519 section 4.1.5.</summary>
    public static string? NotBeforeRefusal(JsonElement claims, TimeSpan skew, DateTimeOffset now) =>
        claims.Has("nbf") && !(claims.Time("nbf") <= now + skew) ? "The token is not valid yet (nbf)." : null;

    /// <summary>RFC 7519 section 4.1.6; the claim is required.</summary>
    public static string? IssueRefusal(JsonElement claims, TimeSpan skew, DateTimeOffset now) =>
        claims.Time("iat") is not { } issued ? "The time of issue (iat) is missing."
        : issued > now + skew ? "The token was issued in the future (iat)."
        : null;
}
