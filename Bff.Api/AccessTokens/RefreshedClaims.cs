using Platform.Bff.Operations;
using Platform.Bff.Provider;
using Platform.Sessions;
using Platform.Tokens.Discovery;
using Platform.Tokens.IdTokens;

namespace Platform.Bff.AccessTokens;

/// <summary>What the provider says of a person now, from the ID token that comes with refreshed tokens (OpenID Connect Core section 12.2).</summary>
internal sealed class RefreshedClaims(UserInfo userInfo, KeptClaims kept)
{
    /// <summary>The record with new claims, the same where no ID token came; null when it is about somebody else.</summary>
    /// <exception cref="ProviderUnavailableException">The ID token cannot be judged.</exception>
    public async Task<SessionRecord?> OfAsync(
        SessionRecord record, OpenIdProvider provider, GrantedTokens granted, CancellationToken cancellationToken)
    {
        if (granted.IdToken is not { Length: > 0 } refreshed)
        {
            return record;
        }

        // Section 12.2: issuer and subject are those of the sign-in; a nonce need not be there. The time of authentication stays
        // that of the sign-in, whatever this token says: a refresh proves nothing about the person.
        var check = await provider.IdTokens.ValidateAsync(refreshed, nonce: null, granted.AccessToken.Value, cancellationToken);
        if (check is not IdTokenCheck.Valid { Token: var idToken } || idToken.Issuer != record.Issuer || idToken.Subject != record.Subject)
        {
            return null;
        }

        var (name, email) = await userInfo.OfAsync(provider, idToken, granted.AccessToken, cancellationToken);
        return record with { Name = name ?? record.Name, Email = email ?? record.Email, Claims = kept.Of(idToken.Claims) };
    }
}
