using System.Text;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.IdTokens;

internal static class IdTokenClaims
{
    // OpenID Connect Core 1.0 section 2: it must not exceed 255 ASCII characters.
    private const int MaximumSubjectLength = 255;

    /// <summary>
    /// The checks of OpenID Connect Core 1.0 section 3.1.3.7, by its numbers; the reason of the first that fails.
    /// </summary>
    public static string? Refusal(
        JsonElement claims, IdTokenRules rules, string? nonce, string? accessToken, DateTimeOffset now)
    {
        // 2: the issuer, compared exactly
        if (!claims.Is("iss", rules.Issuer))
        {
            return "The issuer (iss) is another one.";
        }

        // 3: this client, and no audience that it does not trust
        if (!claims.IsForNobodyBut(rules.ClientId))
        {
            return "The audience (aud) is not this client alone.";
        }

        // 4, 5: the authorized party, where it is named
        if (claims.Has("azp") && !claims.Is("azp", rules.ClientId))
        {
            return "The authorized party (azp) is another one.";
        }

        // 9, 10: expiry and time of issue are required
        if ((TimeClaims.ExpiryRefusal(claims, rules.ClockSkew, now)
            ?? TimeClaims.NotBeforeRefusal(claims, rules.ClockSkew, now)
            ?? TimeClaims.IssueRefusal(claims, rules.ClockSkew, now)) is { } untimely)
        {
            return untimely;
        }

        if (claims.Time("iat") < now - rules.MaximumAge - rules.ClockSkew)
        {
            return "The token was issued too long ago (iat).";
        }

        // 11: the nonce that was sent
        if (nonce is not null && !claims.Is("nonce", nonce))
        {
            return "The nonce is not the one that was sent.";
        }

        // Section 2: the subject is required
        if (claims.Text("sub") is not { Length: > 0 and <= MaximumSubjectLength } subject || !Ascii.IsValid(subject))
        {
            return "The subject (sub) is not 1 to 255 ASCII characters.";
        }

        // Section 2, which 13 relies on
        if (claims.Has("auth_time") && claims.Time("auth_time") is null)
        {
            return "The time of authentication (auth_time) is not a time.";
        }

        // Section 3.1.3.8: the access token that came along
        if (accessToken is not null && claims.Has("at_hash") && !claims.Is("at_hash", HalfHash.Of(accessToken)))
        {
            return "The access token is not the one that the token was issued with (at_hash).";
        }

        return null;
    }

    public static IdToken Read(JsonElement claims) => new(
        claims.Text("iss")!,
        claims.Text("sub")!,
        claims.Text("sid"),
        claims.Time("iat")!.Value,
        claims.Time("auth_time"),
        claims.Time("exp")!.Value,
        claims);
}
