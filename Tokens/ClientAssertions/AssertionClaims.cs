using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.ClientAssertions;

/// <summary>What assertions of both kinds have in common (RFC 7523 section 3).</summary>
internal static class AssertionClaims
{
    // Receivers remember it, so that its size is not the sender's choice.
    private const int MaximumIdLength = 256;

    /// <summary>4, 5, 6: the lifetime. The time of issue may be absent, the expiry may not be far.</summary>
    public static string? LifetimeRefusal(
        JsonElement claims, TimeSpan skew, TimeSpan maximumLifetime, DateTimeOffset now) =>
        TimeClaims.ExpiryRefusal(claims, skew, now)
        ?? (claims.Time("exp") > now + maximumLifetime + skew ? "The expiry (exp) is too far ahead." : null)
        ?? TimeClaims.NotBeforeRefusal(claims, skew, now)
        ?? (claims.Has("iat") ? TimeClaims.IssueRefusal(claims, skew, now) : null);

    /// <summary>7: the id.</summary>
    public static string? IdRefusal(JsonElement claims) =>
        claims.Text("jti") is { Length: > 0 and <= MaximumIdLength }
            ? null
            : "The assertion id (jti) is not a string of 1 to 256 characters.";
}
