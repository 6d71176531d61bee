using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Platform.ServiceDefaults.KeyRing;

/// <summary>
/// AES-256-GCM under a key derived from <c>DataProtection:Secret</c>, another one for each application:
/// nonce (12), tag (16), ciphertext.
/// </summary>
internal sealed class SecretXmlEncryptor(string secret, string application) : IXmlEncryptor
{
    private const int TagStart = 12;
    private const int TextStart = TagStart + 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = new byte[TextStart + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(..TagStart));
        using var cipher = Cipher();
        cipher.Encrypt(box.AsSpan(..TagStart), plain, box.AsSpan(TextStart), box.AsSpan(TagStart..TextStart));
        return new(new XElement("sealed", Convert.ToBase64String(box)), typeof(SecretXmlDecryptor));
    }

    public XElement Decrypt(XElement sealedElement)
    {
        var box = Convert.FromBase64String(sealedElement.Value).AsSpan();
        var plain = new byte[box.Length - TextStart];
        using var cipher = Cipher();
        cipher.Decrypt(box[..TagStart], box[TextStart..], box[TagStart..TextStart], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private AesGcm Cipher() => new(
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32,
            info: Encoding.UTF8.GetBytes($"platform.{application}.dataprotection.v1")),
        tagSizeInBytes: 16);
}
