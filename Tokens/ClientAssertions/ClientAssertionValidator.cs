using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.ClientAssertions;

/// <summary>
/// Checks client assertions as RFC 7523 section 3, as updated, and FAPI 2.0 section 5.3.2.1 say.
/// </summary>
public static class ClientAssertionValidator
{
    /// <summary>Checks the assertion with the keys of the client that is expected.</summary>
    public static ClientAssertionCheck Check(
        string assertion, JsonWebKeySet keys, ClientAssertionRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Jws.Verify(assertion, keys, rules.Signature) switch
        {
            JwsCheck.Valid valid => Refusal(valid.Payload, rules, now) is { } reason
                ? new ClientAssertionCheck.Refused(reason)
                : Read(valid.Payload, rules),
            JwsCheck.UnknownKey unknown => new ClientAssertionCheck.UnknownKey(unknown.KeyId),
            JwsCheck.Refused refused => new ClientAssertionCheck.Refused(refused.Reason),
            _ => throw new InvalidOperationException("The check of the signature has another outcome."),
        };
    }

    // By the numbers of RFC 7523 section 3
    private static string? Refusal(JsonElement claims, ClientAssertionRules rules, DateTimeOffset now)
    {
        // 1: the issuer is the client
        if (!claims.Is("iss", rules.ExpectedClientId))
        {
            return "The issuer (iss) is not the client.";
        }

        // 2B: so is the subject
        if (!claims.Is("sub", rules.ExpectedClientId))
        {
            return "The subject (sub) is not the client.";
        }

        // 3, as updated: the issuer identifier alone, as a string. The address of an endpoint may be another server's.
        if (!claims.Is("aud", rules.Issuer) && !rules.OtherAudiences.Contains(claims.Text("aud") ?? ""))
        {
            return "The audience (aud) is not the issuer identifier, as a string.";
        }

        // 4, 5, 6, 7; OpenID Connect Core 1.0 section 9 requires the id
        return AssertionClaims.LifetimeRefusal(claims, rules.ClockSkew, rules.MaximumLifetime, now)
            ?? AssertionClaims.IdRefusal(claims);
    }

    private static ClientAssertionCheck.Valid Read(JsonElement claims, ClientAssertionRules rules) => new(
        rules.ExpectedClientId, claims.Text("jti")!, claims.Time("exp")!.Value + rules.ClockSkew);
}
