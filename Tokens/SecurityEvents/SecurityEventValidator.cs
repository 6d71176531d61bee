using System.Text.Json;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>
/// Validates Security Event Tokens as RFC 8417 and SSF 1.0 section 4 say. A token is never too old: a revocation
/// that comes late must still revoke.
/// </summary>
public sealed class SecurityEventValidator(IssuerKeys keys, SecurityEventRules rules, TimeProvider clock)
{
    // RFC 8417 section 2.3, SSF 1.0 section 4.1.1: the type keeps ID tokens and logout tokens out.
    private readonly JwsRules _signature = new([SecurityEventToken.Type], rules.Algorithms);

    /// <summary>Validates events of a provider.</summary>
    public SecurityEventValidator(ProviderClient provider, SecurityEventRules rules, TimeProvider clock)
        : this(Required(provider).Keys, rules, clock)
    {
    }

    /// <summary>Validates a token that has just come.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public ValueTask<SecurityEventCheck> ValidateAsync(string token, CancellationToken cancellationToken) =>
        ValidateAsync(token, clock.GetUtcNow(), cancellationToken);

    /// <summary>
    /// Validates with the provider's keys; a key that is not known is looked for once more. It is refused only when
    /// keys that were asked for after <paramref name="receivedAt"/> have it not, so that a rotation loses no event.
    /// </summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public async ValueTask<SecurityEventCheck> ValidateAsync(
        string token, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        await keys.VerifyAsync(token, _signature, receivedAt, cancellationToken) switch
        {
            JwsCheck.Valid valid => Check(valid.Payload),
            JwsCheck.Refused refused => Refused(
                refused.ConcernsKey ? SecurityEventErrors.InvalidKey : SecurityEventErrors.InvalidRequest,
                refused.Reason),
            JwsCheck.UnknownKey { MayBeNew: true } => new SecurityEventCheck.Undecided(
                "The key (kid) is not known, and the issuer's keys could not be fetched again yet."),
            _ => Refused(SecurityEventErrors.InvalidKey, "The key (kid) is not one of the issuer's."),
        };

    private SecurityEventCheck Check(JsonElement claims)
    {
        if (SecurityEventClaims.Refusal(claims, rules, clock.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return new SecurityEventCheck.Valid(SecurityEventClaims.Read(claims, rules));
        }
        catch (FormatException problem)
        {
            return Refused(SecurityEventErrors.InvalidRequest, problem.Message);
        }
    }

    private static ProviderClient Required(ProviderClient provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider;
    }

    private static SecurityEventCheck.Refused Refused(string error, string reason) => new(error, reason);
}
