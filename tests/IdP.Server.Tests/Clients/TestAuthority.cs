using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.IdP.Tests.Clients;

/// <summary>Issues client certificates that are valid at the time of the test's clock.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _now;

    public TestAuthority(DateTimeOffset now)
    {
        _now = now;
        var request = new CertificateRequest("CN=Authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        _certificate = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(10));
        File = Path.GetTempFileName();
        System.IO.File.WriteAllText(File, _certificate.ExportCertificatePem());
    }

    public string File { get; }

    /// <param name="usage">The extended key usage; null for none.</param>
    public X509Certificate2 Issue(
        string subject, Action<SubjectAlternativeNameBuilder>? names = null, string? usage = null, int validDays = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject, key, names);
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        using var bare = request.Create(_certificate, _now.AddDays(-1), _now.AddDays(validDays), RandomNumberGenerator.GetBytes(8));
        return Usable(bare.CopyWithPrivateKey(key));
    }

    public static X509Certificate2 SelfSigned(string subject, ECDsa key, DateTimeOffset now)
    {
        using var bare = Request(subject, key, names: null).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return Usable(bare);
    }

    public void Dispose()
    {
        System.IO.File.Delete(File);
        _certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key, Action<SubjectAlternativeNameBuilder>? names)
    {
        var request = new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        if (names is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            names(builder);
            request.CertificateExtensions.Add(builder.Build());
        }

        return request;
    }

    // As it comes from a file: a key that was only attached is not sent by every platform.
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

    public static void AllNames(SubjectAlternativeNameBuilder names)
    {
        names.AddDnsName("app.test");
        names.AddUri(new Uri("https://app.test/client"));
        names.AddIpAddress(IPAddress.Parse("10.1.2.3"));
        names.AddIpAddress(IPAddress.Parse("fd00::1"));
        names.AddEmailAddress("app@app.test");
    }
}
