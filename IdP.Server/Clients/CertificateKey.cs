using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>The public key of a certificate, in the form in which clients register keys.</summary>
internal static class CertificateKey
{
    // The certificate of a connection is one object, however many requests come over it.
    private static readonly ConditionalWeakTable<X509Certificate2, string> Known = [];

    /// <summary>The RFC 7638 thumbprint; null for a key that no client can register.</summary>
    public static string? ThumbprintOf(X509Certificate2 certificate)
    {
        if (Known.TryGetValue(certificate, out var thumbprint))
        {
            return thumbprint;
        }

        try
        {
            if (Jwk(certificate) is not { } jwk)
                return null;
            thumbprint = JsonWebKey.Parse(JsonSerializer.SerializeToElement(jwk)).Thumbprint;
            Known.AddOrUpdate(certificate, thumbprint);
            return thumbprint;
        }
        catch (Exception unusable) when (unusable is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? Jwk(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa?.ExportParameters(includePrivateParameters: false) is { } modulus)
            return new() { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(modulus.Modulus), ["e"] = Base64Url.EncodeToString(modulus.Exponent) };

        using var ec = certificate.GetECDsaPublicKey();
        return ec is { KeySize: 256 } && ec.ExportParameters(includePrivateParameters: false) is { Curve.Oid.FriendlyName: "nistP256" or "ECDSA_P256" } point
            ? new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.Q.X), ["y"] = Base64Url.EncodeToString(point.Q.Y) }
            : null;
    }
}
