using System.Collections.Concurrent;
using Platform.Tokens.Jose;

namespace Platform.IdP.JwtBearer;

/// <summary>The keys of trusted issuers: those of the configuration, or fetched and kept for a while.</summary>
internal sealed class IssuerKeys(OutboundClient outbound, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(1);

    // Assertions with unknown keys must not set off a fetch each.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Uri, Copy> _copies = new();
    private readonly ConcurrentDictionary<Uri, DateTimeOffset> _asked = new();

    /// <summary>Null when they cannot be had.</summary>
    public async ValueTask<JsonWebKeySet?> FindAsync(TrustedIssuer issuer, CancellationToken cancellationToken) => issuer switch
    {
        { Keys: { } configured } => configured,
        { KeysUri: { } address } when Kept(address) is { } copy && clock.GetUtcNow() < copy.FetchedAt + Fresh => copy.Keys,
        { KeysUri: { } address } => await RenewAsync(address, cancellationToken),
        _ => null,
    };

    /// <summary>A newer set, for a key that is not in the one that was found; null when there is none to be had now.</summary>
    public async ValueTask<JsonWebKeySet?> RenewAsync(TrustedIssuer issuer, CancellationToken cancellationToken) =>
        issuer.KeysUri is { } address ? await RenewAsync(address, cancellationToken) : null;

    private async Task<JsonWebKeySet?> RenewAsync(Uri address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!_asked.TryGetValue(address, out var asked) || now >= asked + Interval)
        {
            _asked[address] = now;
            if (await outbound.GetAsync(address, cancellationToken) is OutboundAnswer.Ok answer && Parse(answer.Body) is { } keys)
            {
                _copies[address] = new Copy(keys, now);
            }
        }

        // The issuer is away, perhaps: its keys do not change for that, but a withdrawn one must not live forever.
        return Kept(address) is { } copy && now < copy.FetchedAt + Usable ? copy.Keys : null;
    }

    private Copy? Kept(Uri address) => _copies.GetValueOrDefault(address);

    private static JsonWebKeySet? Parse(byte[] body)
    {
        try
        {
            return JsonWebKeySet.Parse(body);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Copy(JsonWebKeySet Keys, DateTimeOffset FetchedAt);
}
