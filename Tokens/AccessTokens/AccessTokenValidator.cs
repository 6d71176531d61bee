using System.Text.Json;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

/// <summary>Validates JWT access tokens as RFC 9068 section 4 says.</summary>
public sealed class AccessTokenValidator(ProviderClient provider, AccessTokenRules rules, TimeProvider clock) : IAccessTokenValidator
{
    /// <summary>Validates with the provider's keys; a key that is not known is looked for once more.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public ValueTask<AccessTokenCheck> ValidateAsync(string token, CancellationToken cancellationToken) =>
        ValidateAsync(token, possession: null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AccessTokenCheck> ValidateAsync(
        string token, Confirmation? possession, CancellationToken cancellationToken) => Check(
            await provider.VerifyAsync(token, rules.Signature, cancellationToken), rules, possession, clock.GetUtcNow());

    /// <summary>Validates with these keys.</summary>
    public static AccessTokenCheck Validate(
        string token, JsonWebKeySet keys, AccessTokenRules rules, DateTimeOffset now) =>
        Validate(token, keys, rules, possession: null, now);

    /// <summary>Validates with these keys the token of a caller who has shown to possess this key or certificate.</summary>
    public static AccessTokenCheck Validate(
        string token, JsonWebKeySet keys, AccessTokenRules rules, Confirmation? possession, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Check(Jws.Verify(token, keys, rules.Signature), rules, possession, now);
    }

    /// <summary>Validates the claims of a token whose origin is established.</summary>
    public static AccessTokenCheck ValidateClaims(
        JsonElement claims, AccessTokenRules rules, Confirmation? possession, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return AccessTokenClaims.Refusal(claims, rules, possession, now) is { } reason
            ? Refused(reason)
            : new AccessTokenCheck.Valid(AccessTokenClaims.Read(claims));
    }

    private static AccessTokenCheck Check(
        JwsCheck signature, AccessTokenRules rules, Confirmation? possession, DateTimeOffset now) =>
        signature switch
        {
            JwsCheck.Valid valid => ValidateClaims(valid.Payload, rules, possession, now),
            JwsCheck.Refused refused => Refused(refused.Reason),
            // Refused all the same: whoever sends tokens with keys of any name must not turn refusals into outages.
            JwsCheck.UnknownKey { MayBeNew: true } => Refused(
                "The key (kid) is not known, and the issuer's keys could not be fetched again yet."),
            _ => Refused("The key (kid) is not one of the issuer's.") with { IsOfUnknownKey = true },
        };

    // RFC 6750 section 3.1
    private static AccessTokenCheck.Refused Refused(string reason) => new("invalid_token", reason);
}
