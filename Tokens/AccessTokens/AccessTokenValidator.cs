using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

/// <summary>Validates JWT access tokens as RFC 9068 section 4 says.</summary>
public sealed class AccessTokenValidator(ProviderClient provider, AccessTokenRules rules, TimeProvider clock)
{
    private readonly JwsRules _signature = SignatureRules(rules);

    /// <summary>Validates with the provider's keys; a key that is not known is looked for once more.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public async ValueTask<AccessTokenCheck> ValidateAsync(string token, CancellationToken cancellationToken) =>
        Check(await provider.VerifyAsync(token, _signature, cancellationToken), rules, clock.GetUtcNow());

    /// <summary>Validates with these keys.</summary>
    public static AccessTokenCheck Validate(
        string token, JsonWebKeySet keys, AccessTokenRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Check(Jws.Verify(token, keys, SignatureRules(rules)), rules, now);
    }

    // RFC 9068 section 2.1: the type keeps ID tokens and every other JWT of the issuer out.
    private static JwsRules SignatureRules(AccessTokenRules rules) => new([AccessTokenClaims.Type], rules.Algorithms);

    private static AccessTokenCheck Check(JwsCheck signature, AccessTokenRules rules, DateTimeOffset now) =>
        signature switch
        {
            JwsCheck.Valid valid => AccessTokenClaims.Refusal(valid.Payload, rules, now) is { } reason
                ? Refused(reason)
                : new AccessTokenCheck.Valid(AccessTokenClaims.Read(valid.Payload)),
            JwsCheck.Refused refused => Refused(refused.Reason),
            // Refused all the same: whoever sends tokens with keys of any name must not turn refusals into outages.
            JwsCheck.UnknownKey { MayBeNew: true } => Refused(
                "The key (kid) is not known, and the issuer's keys could not be fetched again yet."),
            _ => Refused("The key (kid) is not one of the issuer's."),
        };

    // RFC 6750 section 3.1
    private static AccessTokenCheck.Refused Refused(string reason) => new("invalid_token", reason);
}
