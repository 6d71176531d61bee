using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.IdP.Signals.Kafka;
using Platform.Testing;
using Platform.Testing.Secrets;

namespace Platform.IdP.Tests.Running;

/// <summary>
/// The identity provider over HTTPS on a free port, with a Redis of its own, a clock that stands still and a topic
/// that records. Clients reach it under its issuer's name. All that it logs is searched at its end for what was secret.
/// </summary>
public class IdpServer : IAsyncLifetime
{
    internal const string Issuer = "https://idp.test";
    internal const string Portal = "https://portal.test";
    internal const string PortalSecret = "the-portal-has-a-secret:with/special+characters%";
    internal const string AdminSecret = "the-administrator-has-another";
    internal const string PlainSecret = "the-plain-client-has-one-too";

    // Beside the shipped clients: one that need not push its requests and sends its secret in the form.
    private const string PlainClient = """

          - client_id: plain
            client_name: A <plain> client
            token_endpoint_auth_method: client_secret_post
            client_secret_hash: HASH
            grant_types: [authorization_code]
            redirect_uris:
              - https://plain.test/callback
              - https://plain.test/callback?dummy1=lorem&dummy2=ipsum
            post_logout_redirect_uris: [https://plain.test/]
            scope: openid profile
            skip_consent: true

        """;

    private readonly TestCertificate _certificate = new("idp.test");
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-").FullName;
    private readonly LogWatch _log = new();
    private RunningProgram? _program;

    public RedisServer Redis { get; } = new();

    public ManualClock Clock { get; } = new();

    internal RecordingTopic Topic { get; } = new();

    internal int Port { get; private set; }

    internal IServiceProvider Services => _program!.Services;

    /// <summary>What stands in no log.</summary>
    internal KnownSecrets Secrets { get; } = new();

    /// <summary>Hears all that is logged.</summary>
    internal ILoggerProvider? LoggerProvider { get; init; }

    /// <summary>Entries for clients.yaml beside those that are there; <c>${NAME}</c> is taken from the settings.</summary>
    internal virtual string MoreClients => "";

    /// <summary>Entries for resources.yaml beside those that are there.</summary>
    internal virtual string MoreResources => "";

    /// <summary>Files of the configuration folder that else are not there, by name.</summary>
    internal virtual IReadOnlyDictionary<string, string> MoreFiles => new Dictionary<string, string>();

    /// <summary>The whole of authorization_details.yaml, which else is not there.</summary>
    internal virtual string? AuthorizationDetailsFile => null;

    internal Dictionary<string, string> Settings { get; } = new()
    {
        ["Idp:Issuer"] = Issuer,
        ["BFF_HTTPS"] = Portal,
        ["BFF_CLIENT_SECRET"] = PortalSecret,
        ["ADMIN_CLIENT_SECRET"] = AdminSecret,
        ["ConnectionStrings:kafka"] = "localhost:1",
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Platform.IdP.Audit"] = "Critical",
        [LogWatch.LevelSetting] = "Trace",
        ["environment"] = "Development",
        ["DataProtection:Secret"] = "abcdef0123456789abcdef0123456789",
        ["Keys:Secret"] = "0123456789abcdef0123456789abcdef",
        ["contentRoot"] = AppContext.BaseDirectory,
        ["urls"] = "https://127.0.0.1:0",
    };

    public async ValueTask InitializeAsync()
    {
        _program = Start();
        await _program.WaitForStartAsync();
        var address = Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        Port = new Uri(address).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        Redis.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        LearnSettings();
        _log.EnsureHoldsNone(Secrets);
    }

    internal RunningProgram Start()
    {
        Settings["ConnectionStrings:cache"] = Redis.ConnectionString;
        Settings["Keys:Folder"] = Path.Combine(_folder, "keys");
        Settings["Idp:Credentials:Folder"] = Path.Combine(_folder, "credentials");
        Settings["Idp:ConfigFolder"] = Config();
        Settings["Kestrel:Certificates:Default:Path"] = _certificate.CertificatePath;
        Settings["Kestrel:Certificates:Default:KeyPath"] = _certificate.KeyPath;
        return RunningProgram.Start([.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")], services =>
        {
            services.AddSingleton<TimeProvider>(Clock);

            // Kestrel's watch over the certificate's file can block itself when the file is as new as here.
            services.AddOptions<KestrelServerOptions>().Configure<IConfiguration>((kestrel, configuration) =>
                kestrel.Configure(configuration.GetSection("Kestrel"), reloadOnChange: false));
            services.AddSingleton<IEventTopic>(Topic);
            services.AddSingleton<ILoggerProvider>(_log);
            if (LoggerProvider is not null)
            {
                services.AddSingleton(LoggerProvider);
            }
        });
    }

    private string Config()
    {
        var hash = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(PlainSecret)));
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "config")))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
        }

        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "Running", "clients.yaml"), Path.Combine(_folder, "clients.yaml"), overwrite: true);
        File.AppendAllText(Path.Combine(_folder, "clients.yaml"), PlainClient.Replace("HASH", hash, StringComparison.Ordinal) + MoreClients);
        File.AppendAllText(Path.Combine(_folder, "resources.yaml"), MoreResources);
        foreach (var (name, text) in MoreFiles)
        {
            File.WriteAllText(Path.Combine(_folder, name), text);
        }

        if (AuthorizationDetailsFile is { } details)
        {
            File.WriteAllText(Path.Combine(_folder, "authorization_details.yaml"), details);
        }

        return _folder;
    }

    private void LearnSettings()
    {
        foreach (var setting in Settings.Where(setting => setting.Key.EndsWith("Secret", StringComparison.OrdinalIgnoreCase)))
        {
            Secrets.Add(setting.Value);
        }

        foreach (var secret in new[] { PlainSecret, "analytical-engine", "first-compiler" })
        {
            Secrets.Add(secret);
        }
    }

    internal bool IsItsCertificate(X509Certificate? shown) => _certificate.IsThis(shown);

    /// <summary>A browser, or a client, of its own: cookies as the server sets them, no redirect followed.</summary>
    /// <param name="certificate">With this certificate, if the server asks for one.</param>
    /// <param name="port">At another listener than the first.</param>
    internal HttpClient NewClient(X509Certificate2? certificate = null, int? port = null) => new(new SecretsHandler(Secrets, new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = true,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port ?? Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => IsItsCertificate(shown),
            ClientCertificates = certificate is null ? null : [certificate],
        },
    }))
    { BaseAddress = new Uri(Issuer) };
}
