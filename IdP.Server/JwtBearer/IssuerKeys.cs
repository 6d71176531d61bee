using System.Collections.Concurrent;
using Platform.Tokens.Jose;

namespace Platform.IdP.JwtBearer;

/// <summary>The keys of trusted issuers: those of the configuration, or those at their jwks_uri.</summary>
internal sealed class IssuerKeys(OutboundClient outbound, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Uri, FetchedKeys> _fetched = new();

    /// <summary>The issuer's keys; an empty set when they cannot be had.</summary>
    public ValueTask<JsonWebKeySet> FindAsync(TrustedIssuer issuer, CancellationToken cancellationToken) =>
        issuer.KeysUri is { } address
            ? FetchedOf(address).GetAsync(cancellationToken)
            : ValueTask.FromResult(issuer.Keys ?? FetchedKeys.Nothing);

    /// <summary>The same, fetched again for a key that was not among them; at most once in an interval.</summary>
    public ValueTask<JsonWebKeySet> RefreshAsync(TrustedIssuer issuer, CancellationToken cancellationToken) =>
        issuer.KeysUri is { } address
            ? FetchedOf(address).RenewAsync(cancellationToken)
            : FindAsync(issuer, cancellationToken);

    private FetchedKeys FetchedOf(Uri address) => _fetched.GetOrAdd(address, _ => new FetchedKeys(address, outbound, clock));
}
