using Platform.Tokens.Discovery;

namespace Platform.Tokens.AccessTokens;

/// <summary>Says whether an access token is good, by its signature (RFC 9068) or by asking the issuer (RFC 7662).</summary>
public interface IAccessTokenValidator
{
    /// <summary>Validates the token of a caller who has shown to possess this key or certificate.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys or its answer cannot be had.</exception>
    ValueTask<AccessTokenCheck> ValidateAsync(string token, Confirmation? possession, CancellationToken cancellationToken);
}
