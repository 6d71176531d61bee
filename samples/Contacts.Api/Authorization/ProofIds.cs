using Microsoft.Extensions.Caching.Memory;
using Platform.Tokens.DPoP;

namespace Platform.Contacts.Authorization;

/// <summary>
/// The DPoP proofs of the last minute (RFC 9449 section 11.1). Kept by this process: with several of them, a proof could be
/// used once at each, and they would share this in a store.
/// </summary>
internal sealed class ProofIds : IDisposable
{
    private const int Most = 100_000;
    private static readonly TimeSpan Kept = DPoPRules.Default.MaximumAge + DPoPRules.Default.ClockSkew;

    private readonly Lock _lock = new();
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>False when it was used before.</summary>
    public bool TryUse(DPoPProof proof)
    {
        var name = (proof.Thumbprint, proof.Id);
        lock (_lock)
        {
            if (_seen.TryGetValue(name, out _))
            {
                return false;
            }

            _seen.Set(name, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
            return true;
        }
    }

    public void Dispose() => _seen.Dispose();
}
