using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.IdP.Tests.SenderConstraint;

/// <summary>A certificate that a client signed itself.</summary>
internal sealed class ClientCertificate : IDisposable
{
    public ClientCertificate(string name = "a client")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        Certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public X509Certificate2 Certificate { get; }

    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Certificate.RawData));

    /// <summary>As in RFC 9440.</summary>
    public string AsByteSequence => $":{Convert.ToBase64String(Certificate.RawData)}:";

    /// <summary>As nginx writes it.</summary>
    public string AsEscapedPem => Uri.EscapeDataString(Certificate.ExportCertificatePem() + "\n");

    public void Dispose() => Certificate.Dispose();
}

/// <summary>Every listener asks for certificates.</summary>
public sealed class MtlsServer : SenderServer
{
    public MtlsServer() => Settings["Idp:Mtls:Enabled"] = "true";
}

/// <summary>A listener of its own asks for certificates.</summary>
public sealed class MtlsPortServer : SenderServer
{
    public MtlsPortServer()
    {
        Settings["Idp:Mtls:Enabled"] = "true";
        Settings["Idp:Mtls:Url"] = $"https://127.0.0.1:{MtlsPort}";
    }

    internal int MtlsPort { get; } = FreePort();

    internal string MtlsOrigin => $"{Issuer}:{MtlsPort}";

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Stands behind a proxy on this machine, which passes certificates on.</summary>
public sealed class ProxiedServer : SenderServer
{
    public ProxiedServer()
    {
        Settings["Idp:Mtls:Enabled"] = "true";
        Settings["Idp:Mtls:Origin"] = "https://mtls.idp.test";
        Settings["Idp:Mtls:ForwardedHeader"] = "Client-Cert";
        Settings["Idp:Mtls:TrustedProxies:0"] = "10.0.0.0/8";
        Settings["Idp:Mtls:TrustedProxies:1"] = "127.0.0.0/8";
    }
}

/// <summary>Stands behind a proxy elsewhere: nobody on this machine is it, whatever X-Forwarded-For says.</summary>
public sealed class ElsewhereProxiedServer : SenderServer
{
    public ElsewhereProxiedServer()
    {
        Settings["Idp:Mtls:Enabled"] = "true";
        Settings["Idp:Mtls:ForwardedHeader"] = "Client-Cert";
        Settings["Idp:Mtls:TrustedProxies:0"] = "10.0.0.0/8";
        Settings["Idp:TrustedProxies:0"] = "127.0.0.0/8";
    }
}
