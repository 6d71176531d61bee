using Platform.Bff.Keys;
using Platform.Sessions;
using Platform.Tokens.DPoP;

namespace Platform.Bff.Provider;

/// <summary>Makes the proofs that the BFF holds the key to which its tokens are bound (RFC 9449).</summary>
internal sealed class DPoPProver(ClientKeys keys, DPoPNonces nonces, TimeProvider clock)
{
    /// <summary>The key that new tokens are bound to.</summary>
    public async ValueTask<string> CurrentKeyAsync(CancellationToken cancellationToken) =>
        (await keys.GetAsync(cancellationToken)).Proof.KeyId;

    /// <summary>A proof for a request that gets tokens; null when the key is gone.</summary>
    public async ValueTask<string?> ProveAsync(string keyId, Uri endpoint, CancellationToken cancellationToken) =>
        (await keys.GetAsync(cancellationToken)).FindProof(keyId) is { } key
            ? DPoPProofs.Create(key, "POST", endpoint.AbsoluteUri, nonces.Of(endpoint), accessToken: null, clock.GetUtcNow())
            : null;

    /// <summary>A proof for a call that shows an access token (section 7); null when the key is gone.</summary>
    public async ValueTask<string?> ProveAsync(
        SessionAccessToken token, string method, Uri address, CancellationToken cancellationToken) =>
        token.KeyId is { } keyId && (await keys.GetAsync(cancellationToken)).FindProof(keyId) is { } key
            ? DPoPProofs.Create(key, method, address.AbsoluteUri, nonces.Of(address), token.Value, clock.GetUtcNow())
            : null;
}
