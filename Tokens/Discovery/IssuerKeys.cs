using Platform.Tokens.Jose;

namespace Platform.Tokens.Discovery;

/// <summary>
/// The keys of one issuer, fetched when first needed, kept for ten minutes, and used for up to an hour when the issuer is
/// away. Many callers share one fetch.
/// </summary>
public sealed class IssuerKeys
{
    private readonly CachedFetch<JsonWebKeySet> _keys;
    private readonly TimeProvider _clock;

    internal IssuerKeys(Func<Task<JsonWebKeySet>> fetch, TimeProvider clock)
    {
        _clock = clock;
        _keys = new CachedFetch<JsonWebKeySet>(fetch, clock);
    }

    /// <summary>The keys at a fixed address.</summary>
    /// <exception cref="ArgumentException">The address is neither https nor http on this machine.</exception>
    public static IssuerKeys At(HttpClient http, Uri address, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(address);
        if (!ProviderMetadataReader.IsSecure(address))
        {
            throw new ArgumentException($"{address} is neither an https address nor http on this machine.", nameof(address));
        }

        return new IssuerKeys(() => new DocumentFetch(http, clock).GetAsync(address, JsonWebKeySet.Parse), clock);
    }

    /// <summary>The keys.</summary>
    /// <exception cref="ProviderUnavailableException">They cannot be had.</exception>
    public ValueTask<JsonWebKeySet> GetAsync(CancellationToken cancellationToken) => _keys.GetAsync(cancellationToken);

    /// <summary>
    /// The keys, fetched again because a token names one that is not among them; at most once in 30 seconds, so that
    /// forged tokens do not become requests. In between, the kept set.
    /// </summary>
    /// <exception cref="ProviderUnavailableException">They cannot be had.</exception>
    public async ValueTask<JsonWebKeySet> RefreshAsync(CancellationToken cancellationToken) =>
        (await _keys.RenewAsync(_clock.GetUtcNow(), cancellationToken)).Value;

    /// <summary>
    /// Verifies with these keys; one that is not known is looked for once more. Keys that were asked for after the token
    /// came have its key or never will; where only older ones can be had, the key may be new.
    /// </summary>
    internal async ValueTask<JwsCheck> VerifyAsync(
        string token, JwsRules rules, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var check = Jws.Verify(token, await GetAsync(cancellationToken), rules);
        if (check is not JwsCheck.UnknownKey)
        {
            return check;
        }

        var keys = await _keys.RenewAsync(receivedAt, cancellationToken);
        check = Jws.Verify(token, keys.Value, rules);
        return check is JwsCheck.UnknownKey unknown ? unknown with { MayBeNew = !keys.IsRecent } : check;
    }
}
