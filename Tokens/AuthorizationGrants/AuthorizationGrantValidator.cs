using System.Text.Json;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AuthorizationGrants;

/// <summary>Checks the <c>assertion</c> of the JWT bearer grant (RFC 7523 sections 2.1 and 3).</summary>
public static class AuthorizationGrantValidator
{
    /// <summary>The value of <c>grant_type</c>.</summary>
    public const string GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>Checks the assertion with the keys of the trusted issuer.</summary>
    public static AuthorizationGrantCheck Check(
        string assertion, JsonWebKeySet keys, AuthorizationGrantRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Jws.Verify(assertion, keys, rules.Signature) switch
        {
            JwsCheck.Valid valid => Refusal(valid.Payload, rules, now) is { } reason
                ? new AuthorizationGrantCheck.Refused(reason)
                : Read(valid.Payload, rules),
            JwsCheck.UnknownKey unknown => new AuthorizationGrantCheck.UnknownKey(unknown.KeyId),
            JwsCheck.Refused refused => new AuthorizationGrantCheck.Refused(refused.Reason),
            _ => throw new InvalidOperationException("The check of the signature has another outcome."),
        };
    }

    // By the numbers of RFC 7523 section 3
    private static string? Refusal(JsonElement claims, AuthorizationGrantRules rules, DateTimeOffset now)
    {
        // 1
        if (!claims.Is("iss", rules.TrustedIssuer))
        {
            return "The issuer (iss) is another one.";
        }

        // 2A
        if (string.IsNullOrEmpty(claims.Text("sub")))
        {
            return "The subject (sub) is missing.";
        }

        // 3, as updated: this authorization server and nobody else
        if (!claims.IsForNobodyBut(rules.Issuer))
        {
            return "The audience (aud) is not the issuer identifier alone.";
        }

        // 4, 5, 6, 7: here the id may be absent
        return AssertionClaims.LifetimeRefusal(claims, rules.ClockSkew, rules.MaximumLifetime, now)
            ?? (claims.Has("jti") ? AssertionClaims.IdRefusal(claims) : null);
    }

    private static AuthorizationGrantCheck.Valid Read(JsonElement claims, AuthorizationGrantRules rules) => new(
        claims.Text("sub")!, claims.Text("jti"), claims.Time("exp")!.Value + rules.ClockSkew, claims);
}
