using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Keys;
using Platform.Bff.Provider;
using Platform.Bff.Registration;
using StackExchange.Redis;

namespace Platform.Bff.Operations;

/// <summary>What the BFF is to each provider, and what it sees of it: what has to match on both sides, and no secret.</summary>
internal sealed class ProviderViews(
    OpenIdProviders providers, PublicOrigins origins, ClientKeys keys, IOptions<BffOptions> bff, IOptions<RegistrationOptions> registration)
{
    private static readonly RegistrationOptions None = new();

    public async Task<ProviderView> OfAsync(OpenIdProvider provider, CancellationToken cancellationToken)
    {
        var oidc = provider.Options;
        var reach = await ProviderReach.OfAsync(provider, cancellationToken);
        return new ProviderView(
            provider.Name, provider.Issuer, oidc.ClientId, oidc.TokenAuthMethod, oidc.PushedAuthorization, oidc.Pkce, oidc.SignedResponse,
            oidc.ResponseIssuer, oidc.DPoP, oidc.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            [.. origins.All.Select(origin => origin + provider.CallbackPath)],
            [.. provider.Algorithms.Select(algorithm => algorithm.ToString())],
            await KeysAsync(cancellationToken),
            ClientMetadata.Of(provider, provider == providers.Default ? registration.Value : None, origins, bff.Value.Origin),
            reach.Metadata is { } metadata
                ? new EndpointsView(
                    metadata.AuthorizationEndpoint, metadata.TokenEndpoint, metadata.JwksUri, metadata.PushedAuthorizationRequestEndpoint,
                    metadata.EndSessionEndpoint, metadata.RevocationEndpoint)
                : null,
            reach.Metadata?.Json,
            reach.Reason,
            reach.Metadata is null ? null : ProviderAbilities.Missing(provider, reach.Metadata));
    }

    private async Task<IReadOnlyList<KeyView>?> KeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            var current = await keys.GetAsync(cancellationToken);
            return [.. current.Published.Keys.Select(key => new KeyView(
                key.KeyId, key.KeyType, key.Algorithm?.ToString(), key.Thumbprint, key.Thumbprint == current.Signing.PublicKey.Thumbprint))];
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
