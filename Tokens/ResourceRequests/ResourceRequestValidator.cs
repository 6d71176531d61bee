using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Tokens.ResourceRequests;

/// <summary>
/// Checks a request to a protected resource: the access token, and the possession of the key or certificate that it
/// is bound to (RFC 6750, RFC 8705 section 3, RFC 9449 section 7).
/// </summary>
public sealed class ResourceRequestValidator(IAccessTokenValidator tokens, DPoPRules proofs, TimeProvider clock)
{
    /// <summary>Checks with the keys of the provider, or by its answer.</summary>
    /// <exception cref="ProviderUnavailableException">They cannot be had.</exception>
    public async ValueTask<ResourceRequestCheck> ValidateAsync(
        ResourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ShownCredentials.Read(request, proofs, clock.GetUtcNow(), out var shown) is { } refusal
            ? refusal
            : Check(await tokens.ValidateAsync(shown!.Token, shown.Possession, cancellationToken), shown, proofs);
    }

    /// <summary>Checks with these keys, for an authorization server's own resources.</summary>
    public static ResourceRequestCheck Validate(
        ResourceRequest request, JsonWebKeySet keys, AccessTokenRules rules, DPoPRules proofs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proofs);
        return ShownCredentials.Read(request, proofs, now, out var shown) is { } refusal
            ? refusal
            : Check(AccessTokenValidator.Validate(shown!.Token, keys, rules, shown.Possession, now), shown, proofs);
    }

    private static ResourceRequestCheck Check(AccessTokenCheck check, ShownCredentials shown, DPoPRules proofs) =>
        check switch
        {
            // RFC 9449 section 7.1: the scheme is for tokens that are bound to a key, and nothing else.
            AccessTokenCheck.Valid { Token.Confirmation: not { KeyThumbprint: not null } } when shown.Proof is not null =>
                shown.Refuse("invalid_token", "The token is not bound to a key (cnf), but was shown with a proof.", proofs),
            AccessTokenCheck.Valid valid => new ResourceRequestCheck.Valid(valid.Token, shown.Proof),
            AccessTokenCheck.Refused refused => shown.Refuse(refused.Error, refused.Reason, proofs),
            _ => throw new InvalidOperationException("The check of the token has another outcome."),
        };
}
