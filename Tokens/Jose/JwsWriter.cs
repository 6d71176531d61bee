using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Platform.Tokens.Jose;

internal static class JwsWriter
{
    public static string Write(SigningKey key, string type, ReadOnlySpan<byte> payload)
    {
        var input = $"{Base64Url.EncodeToString(Header(key, type).WrittenSpan)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(input));
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private static ArrayBufferWriter<byte> Header(SigningKey key, string type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, StrictJson.Plain);
        writer.WriteStartObject();
        writer.WriteString("alg", key.Algorithm.Name());
        writer.WriteString("typ", type);
        writer.WriteString("kid", key.KeyId);
        writer.WriteEndObject();
        return buffer;
    }
}
