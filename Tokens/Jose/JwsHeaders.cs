using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>
/// The encoded headers of a key's signatures. They are the same for every token of a type, so each is made once; a
/// program signs few types.
/// </summary>
internal sealed class JwsHeaders(SigningKey key)
{
    private readonly ConcurrentDictionary<string, byte[]> _withKeyId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _withKey = new(StringComparer.Ordinal);

    /// <summary>Names the key (RFC 7515 section 4.1.4).</summary>
    public ReadOnlySpan<byte> WithKeyId(string type) => _withKeyId.GetOrAdd(
        type, static (type, key) => Encode(key, type, static (json, key) => json.WriteString("kid", key.KeyId)), key);

    /// <summary>Brings the key along, public members only (RFC 7515 section 4.1.3).</summary>
    public ReadOnlySpan<byte> WithKey(string type) => _withKey.GetOrAdd(
        type,
        static (type, key) => Encode(key, type, static (json, key) =>
        {
            json.WritePropertyName("jwk");
            key.PublicKey.WriteBareTo(json);
        }),
        key);

    private static byte[] Encode(SigningKey key, string type, Action<Utf8JsonWriter, SigningKey> writeKey)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("alg", key.Algorithm.Name());
        json.Writer.WriteString("typ", type);
        writeKey(json.Writer, key);
        json.Writer.WriteEndObject();
        return Base64Url.EncodeToUtf8(json.Written);
    }
}
