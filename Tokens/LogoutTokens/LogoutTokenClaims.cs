using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.LogoutTokens;

internal static class LogoutTokenClaims
{
    public const string Event = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>
    /// The checks of OpenID Connect Back-Channel Logout 1.0 section 2.6, by its numbers; the reason of the first that fails.
    /// </summary>
    public static string? Refusal(JsonElement claims, LogoutTokenRules rules, DateTimeOffset now)
    {
        // 4: issuer, audience, time of issue and expiry, as of an ID token
        if (!claims.Is("iss", rules.Issuer))
        {
            return "The issuer (iss) is another one.";
        }

        if (!claims.IsForNobodyBut(rules.ClientId))
        {
            return "The audience (aud) is not this client alone.";
        }

        if ((TimeClaims.ExpiryRefusal(claims, rules.ClockSkew, now)
            ?? TimeClaims.NotBeforeRefusal(claims, rules.ClockSkew, now)
            ?? TimeClaims.IssueRefusal(claims, rules.ClockSkew, now)) is { } untimely)
        {
            return untimely;
        }

        // 5: somebody is named, and by texts
        if (IsNoText(claims, "sub") || IsNoText(claims, "sid"))
        {
            return "The subject (sub) or the session (sid) is not a text.";
        }

        if (!claims.Has("sub") && !claims.Has("sid"))
        {
            return "The token names neither a subject (sub) nor a session (sid).";
        }

        // 6: it says that it is a logout
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var logout) || logout.ValueKind != JsonValueKind.Object)
        {
            return "The token has no logout event (events).";
        }

        // 7: it is no ID token
        if (claims.Has("nonce"))
        {
            return "The token has a nonce.";
        }

        // Section 2.4, and 8 relies on it
        return string.IsNullOrEmpty(claims.Text("jti")) ? "The token id (jti) is missing." : null;
    }

    public static LogoutToken Read(JsonElement claims) => new(
        claims.Text("iss")!, claims.Text("sub"), claims.Text("sid"), claims.Text("jti")!, claims.Time("iat")!.Value);

    private static bool IsNoText(JsonElement claims, string name) => claims.Has(name) && string.IsNullOrEmpty(claims.Text(name));
}
