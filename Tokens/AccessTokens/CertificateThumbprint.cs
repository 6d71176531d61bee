using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Tokens.AccessTokens;

/// <summary><c>x5t#S256</c>: the SHA-256 of a certificate in DER, in base64url (RFC 8705 section 3.1).</summary>
public static class CertificateThumbprint
{
    /// <summary>The thumbprint of this certificate.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
    }
}
