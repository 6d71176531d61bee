using System.Collections.Concurrent;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>The public keys of clients: those of their registration, or those at their jwks_uri.</summary>
internal sealed class ClientKeys(OutboundClient outbound, TimeProvider clock)
{
    // Entries of clients that are gone are dropped when there are more.
    private const int ManyEntries = 4096;

    private readonly ConcurrentDictionary<string, FetchedKeys> _fetched = new(StringComparer.Ordinal);

    /// <summary>The client's keys; an empty set when they cannot be had.</summary>
    public ValueTask<JsonWebKeySet> FindAsync(Client client, CancellationToken cancellationToken) =>
        client.KeysUri is { } address
            ? FetchedOf(client, address).GetAsync(cancellationToken)
            : ValueTask.FromResult(client.Keys ?? FetchedKeys.Nothing);

    /// <summary>
    /// The client's keys, fetched again because one is wanted that is not among them; at most once in an interval, so
    /// that forged tokens do not become requests. In between, the set that is there.
    /// </summary>
    public ValueTask<JsonWebKeySet> RefreshAsync(Client client, CancellationToken cancellationToken) =>
        client.KeysUri is { } address
            ? FetchedOf(client, address).RenewAsync(cancellationToken)
            : FindAsync(client, cancellationToken);

    /// <summary>Verifies what the client signed; a key that is not known is looked for once more.</summary>
    public async ValueTask<JwsCheck> VerifyAsync(
        Client client, string jws, JwsRules rules, CancellationToken cancellationToken)
    {
        var check = Jws.Verify(jws, await FindAsync(client, cancellationToken), rules);
        return check is JwsCheck.UnknownKey && client.KeysUri is not null
            ? Jws.Verify(jws, await RefreshAsync(client, cancellationToken), rules)
            : check;
    }

    private FetchedKeys FetchedOf(Client client, Uri address)
    {
        // A registration may have changed since: the keys of the old address count no more.
        while (true)
        {
            if (_fetched.TryGetValue(client.Id, out var known) && known.Address == address)
                return known;
            var fresh = new FetchedKeys(address, outbound, clock);
            if (known is null ? _fetched.TryAdd(client.Id, fresh) : _fetched.TryUpdate(client.Id, fresh, known))
            {
                DropUnused();
                return fresh;
            }
        }
    }

    private void DropUnused()
    {
        if (_fetched.Count > ManyEntries)
        {
            foreach (var entry in _fetched.Where(entry => !entry.Value.IsUsable))
            {
                _fetched.TryRemove(entry);
            }
        }
    }
}
