using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tokens.Jose;

/// <summary>JSON Web Token (RFC 7519).</summary>
public static class Jwt
{
    /// <summary>Signs the claims.</summary>
    public static string Sign(SigningKey key, string type, JsonObject claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, StrictJson.Plain))
        {
            claims.WriteTo(writer);
        }

        return Jws.Sign(key, type, buffer.WrittenSpan);
    }
}
