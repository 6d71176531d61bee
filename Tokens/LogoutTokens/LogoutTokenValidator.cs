using System.Text.Json;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.LogoutTokens;

/// <summary>
/// Validates logout tokens as OpenID Connect Back-Channel Logout 1.0 section 2.6 says. Whether one was seen before
/// (number 8) is for whoever remembers them.
/// </summary>
public sealed class LogoutTokenValidator(ProviderClient provider, LogoutTokenRules rules, TimeProvider clock)
{
    // Section 2.4 recommends the type and does not require it; that of another kind of JWT is refused. An ID token that
    // is posted here has no event.
    private readonly JwsRules _signature = new(["logout+jwt", "JWT", ""], rules.Algorithms);

    /// <summary>Validates a token that has just come.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public async ValueTask<LogoutTokenCheck> ValidateAsync(string token, CancellationToken cancellationToken) =>
        await provider.VerifyAsync(token, _signature, cancellationToken) switch
        {
            JwsCheck.Valid valid => Check(valid.Payload),
            JwsCheck.Refused refused => new LogoutTokenCheck.Refused(refused.Reason),
            JwsCheck.UnknownKey { MayBeNew: true } => new LogoutTokenCheck.Undecided(
                "The key (kid) is not known, and the issuer's keys could not be fetched again yet."),
            _ => new LogoutTokenCheck.Refused("The key (kid) is not one of the issuer's."),
        };

    private LogoutTokenCheck Check(JsonElement claims) =>
        LogoutTokenClaims.Refusal(claims, rules, clock.GetUtcNow()) is { } reason
            ? new LogoutTokenCheck.Refused(reason)
            : new LogoutTokenCheck.Valid(LogoutTokenClaims.Read(claims));
}
