using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Platform.Testing.Secrets;
using Platform.Tests.Evidence;

namespace Platform.Tests.Publish;

/// <summary>
/// The services with the environment that docker-compose.yaml gives them and nothing else of the AppHost, in Production, each
/// external one behind a proxy that ends TLS. Processes stand in for containers.
/// </summary>
public sealed partial class PublishedTopology : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["idp"] = "IdP.Server.csproj",
        ["contacts-api"] = "Contacts.Api.csproj",
        ["spa"] = "Spa.Host.csproj",
        ["bff"] = "Bff.Api.csproj",
        ["caep"] = "Caep.Consumer.csproj",
    };

    private readonly WatchedApplication _application;
    private readonly Dictionary<string, TlsProxy> _proxies;
    private readonly DirectoryInfo _volume;

    private PublishedTopology(WatchedApplication application, Dictionary<string, TlsProxy> proxies, DirectoryInfo volume) =>
        (_application, _proxies, _volume) = (application, proxies, volume);

    public string Portal => _proxies["bff"].Address;

    public string Issuer => _proxies["idp"].Address;

    public required string AdministratorSecret { get; init; }

    public required KnownSecrets Secrets { get; init; }

    public static async Task<PublishedTopology> StartAsync(Publication publication, CancellationToken cancellationToken)
    {
        var compose = await ComposeFile.ReadAsync(publication, cancellationToken);
        var certificate = CreateCertificate();
        var proxies = new Dictionary<string, TlsProxy>();
        foreach (var service in compose.Services.Where(service => service.Value.Ports.Count > 0))
        {
            proxies[service.Key] = await TlsProxy.StartAsync(certificate, cancellationToken);
        }

        var given = new Dictionary<string, string>
        {
            ["BFF_URL"] = proxies["bff"].Address,
            ["IDP_URL"] = proxies["idp"].Address,
            ["PORTAL_HOST"] = "localhost",
            ["PROXY_NETWORK"] = "127.0.0.0/8",
        };
        var secrets = new KnownSecrets();
        var volume = Directory.CreateTempSubdirectory("volume-");
        var trusted = volume.CreateSubdirectory("trusted");
        await File.WriteAllTextAsync(Path.Combine(trusted.FullName, "localhost.pem"), certificate.ExportCertificatePem(), cancellationToken);
        var builder = DistributedApplicationTestingBuilder.Create();
        var stores = new Dictionary<string, IResourceBuilder<IResourceWithConnectionString>>
        {
            ["cache:6379"] = builder.AddRedis("cache"),
            ["kafka:9092"] = builder.AddKafka("kafka").WithEnvironment("KAFKA_CREATE_TOPICS", "caep.events:6,caep.events.dlt:6"),
        };
        var services = Projects.ToDictionary(project => project.Key, project => builder
            .AddExecutable(project.Key, "dotnet", Path.GetDirectoryName(BuildOf(project.Value).Project)!, "exec", BuildOf(project.Value).Output)
            .WithHttpEndpoint(env: "HTTP_PORTS").WithHttpHealthCheck("/health")
            .WithEnvironment("SSL_CERT_DIR", $"{trusted.FullName}:/etc/ssl/certs"));
        foreach (var (name, service) in services)
        {
            foreach (var (setting, text) in compose.Services[name].Environment.Where(setting => setting.Key != "HTTP_PORTS"))
            {
                if (stores.FirstOrDefault(store => text.StartsWith(store.Key, StringComparison.Ordinal)).Value is { } store)
                {
                    service.WithEnvironment(setting, store);
                }
                else if (services.FirstOrDefault(other => text == $"http://{other.Key}:8080").Value is { } other)
                {
                    service.WithEnvironment(setting, other.GetEndpoint("http"));
                }
                else
                {
                    service.WithEnvironment(setting, Given(text));
                }
            }
        }

        // The providers that services call at their start are called through the proxies.
        foreach (var (name, proxy) in proxies)
        {
            services[name].OnResourceEndpointsAllocated((resource, _, _) =>
            {
                proxy.Service = new Uri(resource.GetEndpoint("http").Url);
                return Task.CompletedTask;
            });
        }

        try
        {
            var application = await WatchedApplication.BuildAsync(builder, secrets, cancellationToken);
            await application.StartAsync(_ => Task.CompletedTask, cancellationToken);
            return new PublishedTopology(application, proxies, volume) { AdministratorSecret = given["ADMIN_CLIENT_SECRET"], Secrets = secrets };
        }
        catch
        {
            await EndAsync(proxies, volume);
            throw;
        }

        string Given(string text) => Variable().Replace(text, variable => Value(variable.Groups[1].Value))
            .Replace("/home/app", volume.FullName, StringComparison.Ordinal);

        // The secrets: a random text each.
        string Value(string variable)
        {
            if (!given.TryGetValue(variable, out var value))
            {
                value = given[variable] = RandomNumberGenerator.GetHexString(64);
                secrets.Add(value);
            }

            return value;
        }
    }

    // The AppHost knows where its projects are, and where the build put them.
    private static (string Project, string Output) BuildOf(string project) => Assembly.Load("AppHost").GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(metadata => metadata.Key.StartsWith("projectoutput:", StringComparison.Ordinal) && metadata.Key.EndsWith($"/{project}", StringComparison.Ordinal))
        .Select(metadata => (metadata.Key["projectoutput:".Length..], metadata.Value!)).Single();

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await EndAsync(_proxies, _volume);
    }

    private static async Task EndAsync(Dictionary<string, TlsProxy> proxies, DirectoryInfo volume)
    {
        foreach (var proxy in proxies.Values)
        {
            await proxy.DisposeAsync();
        }

        volume.Delete(recursive: true);
    }

    [GeneratedRegex(@"\$\{([A-Z_]+):\?\}")]
    private static partial Regex Variable();
}
