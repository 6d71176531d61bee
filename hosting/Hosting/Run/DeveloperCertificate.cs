using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Run;

/// <summary>
/// ASP.NET Core's development certificate: Kestrel finds it by itself; what is done here is to have one, and to have our processes
/// trust it without touching the trust of the machine.
/// </summary>
internal sealed class DeveloperCertificate
{
    private const string MarkerOid = "1.3.6.1.4.1.311.84.1.1";
    private const int OldestVersion = 4; // Kestrel of .NET 10 takes no older one
    private IReadOnlyList<X509Certificate2> _certificates = [];
    private string? _folder;

    /// <summary>Finds or creates it, and writes its public part where processes are told to look. There may be several; Kestrel takes one of them.</summary>
    public async Task PrepareAsync(RunFolder runFolder, CancellationToken cancellationToken)
    {
        var found = Find();
        _certificates = found.Count > 0 ? found : await CreateAsync(cancellationToken);
        var folder = runFolder.Subfolder("certs");
        foreach (var certificate in _certificates)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"aspnetcore-dev-{certificate.Thumbprint}.pem"), certificate.ExportCertificatePem(), cancellationToken);
        }

        _folder = folder;
    }

    /// <summary>Joins the folder to where the process looks for certificates.</summary>
    public void AddTrust(Dictionary<string, string> environment)
    {
        if (_folder is not null)
        {
            var known = environment.GetValueOrDefault("SSL_CERT_DIR") is { Length: > 0 } set ? set : "/etc/ssl/certs";
            environment["SSL_CERT_DIR"] = $"{_folder}:{known}";
        }
    }

    /// <summary>A handler that trusts exactly that besides what the machine trusts.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, presented, _, errors) => errors == SslPolicyErrors.None
                || (presented is not null && _certificates.Any(known => known.RawDataMemory.Span.SequenceEqual(presented.GetRawCertData())))
        }
    };

    /// <summary>Beside what .NET keeps for the user: the certificate is the user's, whichever topology makes it.</summary>
    private static string LockFile() => Path.Combine(
        Directory.CreateDirectory(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspnet")).FullName,
        "dev-certs.lock");

    private static List<X509Certificate2> Find()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        var now = TimeProvider.System.GetLocalNow();
        return
        [
            .. store.Certificates.Where(certificate => certificate.HasPrivateKey && certificate.NotBefore <= now && certificate.NotAfter > now
                && Version(certificate) >= OldestVersion)
        ];
    }

    // The first byte of the marker; zero where there is none.
    private static int Version(X509Certificate2 certificate) =>
        certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == MarkerOid)?.RawData is [var version, ..] ? version : 0;

    private static async Task<List<X509Certificate2>> CreateAsync(CancellationToken cancellationToken)
    {
        // Several topologies may start at once; one of them creates it.
        using var turn = FileLock.Take(LockFile());
        if (Find() is { Count: > 0 } others)
        {
            return others;
        }

        using var process = Process.Start(new ProcessStartInfo(Executables.Dotnet(), ["dev-certs", "https"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        output += await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return Find() is { Count: > 0 } created ? created : throw new DistributedApplicationException(
            $"The development certificate for https could not be created: {output.Trim()} Run `dotnet dev-certs https`, or use the http profile.");
    }
}
