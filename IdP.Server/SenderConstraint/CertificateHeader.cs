using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.IdP.SenderConstraint;

/// <summary>A client certificate as a proxy passes it on.</summary>
internal static class CertificateHeader
{
    /// <summary>The certificate, or null when the value is none.</summary>
    public static X509Certificate2? Read(string value)
    {
        try
        {
            // RFC 9440 section 2.1: DER as a byte sequence, which stands in colons (RFC 9651 section 3.3.5).
            return value is [':', .. var base64, ':']
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64))
                : X509Certificate2.CreateFromPem(Uri.UnescapeDataString(value));
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
