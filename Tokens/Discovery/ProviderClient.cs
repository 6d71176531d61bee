using Platform.Tokens.Jose;

namespace Platform.Tokens.Discovery;

/// <summary>
/// The metadata and keys of one provider, fetched when first needed, kept for ten minutes, and used for up to an hour
/// when the provider is away. Many callers share one fetch.
/// </summary>
public sealed class ProviderClient
{
    private readonly CachedFetch<ProviderMetadata> _metadata;
    private readonly TimeProvider _clock;

    /// <summary>Creates the client of the provider with this issuer identifier.</summary>
    /// <exception cref="ArgumentException">The issuer is neither https nor http on this machine.</exception>
    public ProviderClient(HttpClient http, string issuer, TimeProvider clock)
    {
        _clock = clock;
        var documents = new ProviderDocuments(http, issuer, clock);
        _metadata = new CachedFetch<ProviderMetadata>(documents.FetchMetadataAsync, clock);
        Keys = new IssuerKeys(
            async () => await documents.FetchKeysAsync(await _metadata.GetAsync(CancellationToken.None)), clock);
    }

    /// <summary>The provider's keys.</summary>
    public IssuerKeys Keys { get; }

    /// <summary>The metadata; its issuer is exactly the configured one.</summary>
    /// <exception cref="ProviderUnavailableException">It cannot be had.</exception>
    public ValueTask<ProviderMetadata> GetMetadataAsync(CancellationToken cancellationToken) =>
        _metadata.GetAsync(cancellationToken);

    /// <summary>The provider's keys.</summary>
    /// <exception cref="ProviderUnavailableException">They cannot be had.</exception>
    public ValueTask<JsonWebKeySet> GetKeysAsync(CancellationToken cancellationToken) => Keys.GetAsync(cancellationToken);

    /// <summary>
    /// The provider's keys, fetched again because a token names one that is not among them; at most once in
    /// 30 seconds, so that forged tokens do not become requests. In between, the kept set.
    /// </summary>
    /// <exception cref="ProviderUnavailableException">They cannot be had.</exception>
    public ValueTask<JsonWebKeySet> RefreshKeysAsync(CancellationToken cancellationToken) => Keys.RefreshAsync(cancellationToken);

    /// <summary>Verifies a token that has just come.</summary>
    internal ValueTask<JwsCheck> VerifyAsync(string token, JwsRules rules, CancellationToken cancellationToken) =>
        VerifyAsync(token, rules, _clock.GetUtcNow(), cancellationToken);

    /// <summary>Verifies a token that came at this time.</summary>
    internal ValueTask<JwsCheck> VerifyAsync(
        string token, JwsRules rules, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        Keys.VerifyAsync(token, rules, receivedAt, cancellationToken);
}
