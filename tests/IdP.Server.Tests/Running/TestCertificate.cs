using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.IdP.Tests.Running;

/// <summary>A certificate for one host name, made for this run; clients trust exactly this one.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-certificate-").FullName;
    private readonly X509Certificate2 _certificate;

    public TestCertificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificatePath, _certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }

    public string CertificatePath => Path.Combine(_folder, "certificate.pem");

    public string KeyPath => Path.Combine(_folder, "key.pem");

    /// <summary>For a server that is made in code.</summary>
    public X509Certificate2 WithKey() => X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);

    public bool IsThis(X509Certificate? other) =>
        other is not null && other.GetRawCertData().AsSpan().SequenceEqual(_certificate.RawData);

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
