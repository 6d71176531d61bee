using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Tests.Topology;
using Platform.Tokens.Jose;

namespace Platform.Tests.Conformance;

/// <summary>
/// The server's configuration for these tests: the shipped files, and clients with fresh secrets, keys and a certificate.
/// </summary>
internal sealed class RegisteredClients : IDisposable
{
    private const string Callback = "https://client.example/callback";

    private readonly Dictionary<string, ConformanceClient> _clients = new()
    {
        ["conformance-basic"] = new(Secret: RandomNumberGenerator.GetHexString(48)),
        ["conformance-post"] = new(Secret: RandomNumberGenerator.GetHexString(48)),
        ["conformance-approver"] = new(Secret: RandomNumberGenerator.GetHexString(48)),
        ["conformance-device"] = new(),
    };

    private readonly Dictionary<string, SigningKey> _keys = new()
    {
        ["conformance-fapi"] = SigningKey.Create(JwsAlgorithm.ES256),
        ["conformance-signing"] = SigningKey.Create(JwsAlgorithm.ES256),
        ["conformance-ciba"] = SigningKey.Create(JwsAlgorithm.PS256),
        ["conformance-mtls-key"] = SigningKey.Create(JwsAlgorithm.PS256),
        ["partner"] = SigningKey.Create(JwsAlgorithm.ES256),
    };

    private readonly ClientCertificate _certificate = new();
    private readonly Walkthrough _walkthrough;

    public RegisteredClients(string folder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "idp-config")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var (id, key) in _keys)
        {
            _clients[id] = new(Key: key.ToPem(), Alg: key.Algorithm.ToString(), Kid: key.KeyId);
        }

        var authority = Path.Combine(folder, "client-authority.pem");
        File.WriteAllText(authority, _certificate.AuthorityPem);
        File.AppendAllText(Path.Combine(folder, "clients.yaml"), Expand(File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Conformance", "clients.yaml"))));
        _walkthrough = new Walkthrough(_keys["partner"]);
        Walkthrough.Configure(folder);
        Settings = new Dictionary<string, string>(_walkthrough.Settings)
        {
            ["Idp__ConfigFolder"] = folder,
            ["Idp__Mtls__Enabled"] = "true",
            ["Idp__Mtls__CaFile"] = authority,
        };
    }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public async Task<ConformanceSetup> DescribeAsync(RunningTopology running)
    {
        _clients[Administrator.ClientId] = new(Secret: running.AdministratorSecret);
        return new ConformanceSetup(running.Issuer, Callback, new(User.Ada.Username, User.Ada.Password), _clients,
            new(_certificate.CertificatePem, _certificate.KeyPem, await ServerCertificateAsync(new Uri(running.Issuer))),
            new(Walkthrough.Page, _walkthrough.Secret));
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        _certificate.Dispose();
    }

    // ${SECRET:client} and ${KEYS:client} stand for what was made here.
    private string Expand(string template)
    {
        foreach (var (id, client) in _clients)
        {
            template = template.Replace($"${{SECRET:{id}}}", client.Secret, StringComparison.Ordinal);
        }

        foreach (var (id, key) in _keys)
        {
            template = template.Replace($"${{KEYS:{id}}}", new JsonWebKeySet([key.PublicKey]).ToJson(), StringComparison.Ordinal);
        }

        return template.Replace("${SUBJECT}", ClientCertificate.Subject, StringComparison.Ordinal);
    }

    // The development certificate: it vouches for itself, and this machine need not trust it.
    private static async Task<string> ServerCertificateAsync(Uri issuer)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(issuer.Host, issuer.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject is "CN=localhost");
        await tls.AuthenticateAsClientAsync(issuer.Host);
        return ((X509Certificate2)tls.RemoteCertificate!).ExportCertificatePem();
    }
}
