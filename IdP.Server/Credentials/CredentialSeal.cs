using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Credentials;

/// <summary>
/// Encrypts what must be read again (the secret of one-time codes) under Keys:Secret: nonce (12), tag (16), AES-256-GCM
/// ciphertext, in base64. The person is associated data, so that nothing can be moved from one file to another.
/// </summary>
internal sealed class CredentialSeal(IConfiguration configuration)
{
    private const int TagStart = 12;
    private const int TextStart = TagStart + 16;

    // Without a secret, which only Development allows, the private keys lie open as well.
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(configuration["Keys:Secret"] ?? ""), 32, info: "platform.idp.credentials.v1"u8.ToArray());

    public string Seal(byte[] secret, string subject)
    {
        var box = new byte[TextStart + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, TagStart));
        using var cipher = new AesGcm(_key, 16);
        cipher.Encrypt(box.AsSpan(0, TagStart), secret, box.AsSpan(TextStart), box.AsSpan(TagStart, 16), Encoding.UTF8.GetBytes(subject));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">It was sealed with another secret, or for another person.</exception>
    public byte[] Open(string sealedSecret, string subject)
    {
        var box = Convert.FromBase64String(sealedSecret);
        var secret = new byte[box.Length - TextStart];
        using var cipher = new AesGcm(_key, 16);
        cipher.Decrypt(box.AsSpan(0, TagStart), box.AsSpan(TextStart), box.AsSpan(TagStart, 16), secret, Encoding.UTF8.GetBytes(subject));
        return secret;
    }
}
