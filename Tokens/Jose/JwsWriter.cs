using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Platform.Tokens.Jose;

internal static class JwsWriter
{
    /// <summary>Names the key (RFC 7515 section 4.1.4).</summary>
    public static string Write(SigningKey key, string type, ReadOnlySpan<byte> payload) =>
        Write(key, Header(key, type, embedded: false), payload);

    /// <summary>Brings the key along, public members only (RFC 7515 section 4.1.3).</summary>
    public static string WriteWithKey(SigningKey key, string type, ReadOnlySpan<byte> payload) =>
        Write(key, Header(key, type, embedded: true), payload);

    private static string Write(SigningKey key, ArrayBufferWriter<byte> header, ReadOnlySpan<byte> payload)
    {
        var input = $"{Base64Url.EncodeToString(header.WrittenSpan)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(input));
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private static ArrayBufferWriter<byte> Header(SigningKey key, string type, bool embedded)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, StrictJson.Plain);
        writer.WriteStartObject();
        writer.WriteString("alg", key.Algorithm.Name());
        writer.WriteString("typ", type);
        if (embedded)
        {
            writer.WritePropertyName("jwk");
            key.PublicKey.WriteBareTo(writer);
        }
        else
        {
            writer.WriteString("kid", key.KeyId);
        }

        writer.WriteEndObject();
        return buffer;
    }
}
