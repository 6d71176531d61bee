using System.Text.Json;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.IdTokens;

/// <summary>Validates ID tokens from the token endpoint as OpenID Connect Core 1.0 section 3.1.3.7 says.</summary>
public sealed class IdTokenValidator(ProviderClient provider, IdTokenRules rules, TimeProvider clock)
{
    // OpenID Connect does not ask for a typ, so it may be absent; that of another kind of JWT is refused.
    private readonly JwsRules _signature = new(["JWT", ""], rules.Algorithms);

    /// <summary>
    /// Validates; <paramref name="nonce"/> is the one that was sent with the request, <paramref name="accessToken"/>
    /// the one that came along with the ID token.
    /// </summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public async ValueTask<IdTokenCheck> ValidateAsync(
        string idToken, string? nonce, string? accessToken, CancellationToken cancellationToken) =>
        await provider.VerifyAsync(idToken, _signature, cancellationToken) switch
        {
            JwsCheck.Valid valid => Check(valid.Payload, nonce, accessToken),
            JwsCheck.Refused refused => new IdTokenCheck.Refused(refused.Reason),
            // The token came from the issuer itself, so that its key is new rather than forged.
            JwsCheck.UnknownKey { MayBeNew: true } => throw new ProviderUnavailableException(
                "The key (kid) of the ID token is not known, and the issuer's keys could not be fetched again yet."),
            _ => new IdTokenCheck.Refused("The key (kid) is not one of the issuer's."),
        };

    private IdTokenCheck Check(JsonElement claims, string? nonce, string? accessToken) =>
        IdTokenClaims.Refusal(claims, rules, nonce, accessToken, clock.GetUtcNow()) is { } reason
            ? new IdTokenCheck.Refused(reason)
            : new IdTokenCheck.Valid(IdTokenClaims.Read(claims));
}
