using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

internal static class AccessTokenClaims
{
    /// <summary>RFC 9068 section 2.1.</summary>
    public const string Type = "at+jwt";

    /// <summary>The checks on the claims, in order; the reason of the first that fails.</summary>
    public static string? Refusal(
        JsonElement claims, AccessTokenRules rules, Confirmation? possession, DateTimeOffset now)
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

        if (ConfirmationReader.Read(claims, out var confirmation) is { } unclear)
        {
            return unclear;
        }

        // FAPI 2.0 section 5.3.3: sender-constrained tokens only, where that is the rule
        if (confirmation is null)
        {
            return rules.RequiresConfirmation ? "The token is not bound to a key (cnf)." : null;
        }

        // RFC 9449 section 7.1, RFC 8705 section 3
        return confirmation.IsMetBy(possession)
            ? null
            : "The token is bound to a key (cnf), whose possession was not shown.";
    }

    /// <summary>Reads what was not refused.</summary>
    public static AccessToken Read(JsonElement claims) => new(
        claims.Text("iss")!,
        claims.Text("sub")!,
        claims.Text("client_id")!,
        Scopes(claims.Text("scope")),
        claims.Text("sid"),
        claims.Text("grant_id"),
        claims.Time("exp")!.Value,
        ConfirmationReader.Read(claims, out var confirmation) is null ? confirmation : null,
        claims);

    // RFC 8693 section 4.2: separated by spaces
    private static HashSet<string> Scopes(string? scope) =>
        scope is null ? [] : [.. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
