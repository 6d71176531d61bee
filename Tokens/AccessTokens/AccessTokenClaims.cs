using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

internal static class AccessTokenClaims
{
    /// <summary>RFC 9068 section 2.1.</summary>
    public const string Type = "at+jwt";

    /// <summary>The checks on the claims, in order; the reason of the first that fails.</summary>
    public static string? Refusal(JsonElement claims, AccessTokenRules rules, DateTimeOffset now)
    {
        // RFC 9068 section 4: the issuer, compared exactly
        if (!claims.Is("iss", rules.Issuer))
        {
            return "The issuer (iss) is another one.";
        }

        // RFC 9068 section 4, RFC 9700 section 2.3: this resource server is among the audience
        if (!claims.IsFor(rules.Audience))
        {
            return "The audience (aud) is another one.";
        }

        // RFC 9068 sections 2.2 and 4: expiry and time of issue are required
        if ((TimeClaims.ExpiryRefusal(claims, rules.ClockSkew, now)
            ?? TimeClaims.NotBeforeRefusal(claims, rules.ClockSkew, now)
            ?? TimeClaims.IssueRefusal(claims, rules.ClockSkew, now)) is { } untimely)
        {
            return untimely;
        }

        // RFC 9068 section 2.2: required
        if (string.IsNullOrEmpty(claims.Text("sub")))
        {
            return "The subject (sub) is missing.";
        }

        // RFC 9068 section 2.2: required
        if (string.IsNullOrEmpty(claims.Text("client_id")))
        {
            return "The client (client_id) is missing.";
        }

        // RFC 9068 section 2.2: required
        if (string.IsNullOrEmpty(claims.Text("jti")))
        {
            return "The token id (jti) is missing.";
        }

        // RFC 7800 section 3.1: who cannot check the possession of the key must not take the token for a bearer token
        if (claims.Has("cnf"))
        {
            return "The token is bound to a key (cnf), whose possession was not shown.";
        }

        return null;
    }

    public static AccessToken Read(JsonElement claims) => new(
        claims.Text("iss")!,
        claims.Text("sub")!,
        claims.Text("client_id")!,
        Scopes(claims.Text("scope")),
        claims.Text("sid"),
        claims.Text("grant_id"),
        claims.Time("exp")!.Value,
        claims);

    // RFC 8693 section 4.2: separated by spaces
    private static HashSet<string> Scopes(string? scope) =>
        scope is null ? [] : [.. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
