using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Sessions;

/// <summary>
/// A part of a session at rest: version (1 byte), nonce (12), tag (16), AES-256-GCM ciphertext. The key comes by HKDF-SHA256
/// from the handle, which Redis never sees; the Redis key is associated data, so a value that was moved under
/// another name does not open.
/// </summary>
internal static class SessionSeal
{
    private const byte Version = 1;
    private const int NonceStart = 1;
    private const int TagStart = NonceStart + 12;
    private const int TextStart = TagStart + 16;

    public static byte[] Seal<T>(T part, JsonTypeInfo<T> type, byte[] secret, string name)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(part, type);
        var box = new byte[TextStart + plain.Length];
        box[0] = Version;
        var nonce = box.AsSpan(NonceStart..TagStart);
        RandomNumberGenerator.Fill(nonce);

        using var cipher = Cipher(secret);
        cipher.Encrypt(nonce, plain, box.AsSpan(TextStart), box.AsSpan(TagStart..TextStart), Encoding.UTF8.GetBytes(name));
        return box;
    }

    public static bool TryOpen<T>(
        ReadOnlySpan<byte> box, JsonTypeInfo<T> type, byte[] secret, string name, [NotNullWhen(true)] out T? part)
        where T : class
    {
        part = null;
        if (box.Length <= TextStart || box[0] != Version)
        {
            return false;
        }

        var plain = new byte[box.Length - TextStart];
        try
        {
            using var cipher = Cipher(secret);
            cipher.Decrypt(
                box[NonceStart..TagStart], box[TextStart..], box[TagStart..TextStart], plain, Encoding.UTF8.GetBytes(name));
            part = JsonSerializer.Deserialize(plain, type);
        }
        catch (Exception broken) when (broken is CryptographicException or JsonException)
        {
            return false;
        }

        return part is not null;
    }

    private static AesGcm Cipher(byte[] secret) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "platform.sessions.v1"u8.ToArray()), 16);
}

[JsonSerializable(typeof(SessionRecord))]
[JsonSerializable(typeof(SessionTokens))]
internal sealed partial class SessionJson : JsonSerializerContext;
