using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.DPoP;

/// <summary>
/// The keys that proofs bring along, imported once. Two generations bound the memory: when the younger is full, it
/// becomes the elder and the elder is forgotten, so that keys in use stay however many others pass by.
/// </summary>
internal sealed class EmbeddedKeys(int capacity)
{
    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<Digest, JsonWebKey> _younger = new();
    private volatile ConcurrentDictionary<Digest, JsonWebKey> _elder = new();

    /// <summary>How many are kept, at most twice the capacity.</summary>
    public int Count => _younger.Count + _elder.Count;

    /// <summary>Reads the key of this header (RFC 7515 section 4.1.3), or says why it is refused.</summary>
    public string? Read(JsonElement header, out Found found)
    {
        found = default;
        if (!header.TryGetProperty("jwk", out var jwk))
        {
            return "The header has no key (jwk).";
        }

        var digest = Digest.Of(jwk);
        if (_younger.TryGetValue(digest, out var key))
        {
            found = new Found(key, digest, IsKept: true);
            return null;
        }

        try
        {
            key = _elder.TryGetValue(digest, out var kept) ? kept : JsonWebKey.Parse(jwk);
            found = new Found(key, digest, IsKept: false);
            return null;
        }
        catch (FormatException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Keeps the key for the next proof.</summary>
    public void Remember(Found found)
    {
        if (found.IsKept)
        {
            return;
        }

        lock (_lock)
        {
            if (_younger.Count >= capacity)
            {
                _elder = _younger;
                _younger = new ConcurrentDictionary<Digest, JsonWebKey>();
            }

            _younger.TryAdd(found.Digest, found.Key);
        }
    }

    /// <summary>A key, and whether it need not be remembered again.</summary>
    public readonly record struct Found(JsonWebKey Key, Digest Digest, bool IsKept);

    /// <summary>The SHA-256 of a key as it is written: another spelling is another entry, never another key.</summary>
    public readonly record struct Digest(UInt128 High, UInt128 Low)
    {
        public static Digest Of(JsonElement jwk)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(JsonMarshal.GetRawUtf8Value(jwk), hash);
            var halves = MemoryMarshal.Cast<byte, UInt128>(hash);
            return new Digest(halves[0], halves[1]);
        }
    }
}
