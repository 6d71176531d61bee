using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Outbound;

internal static class OutboundSetup
{
    public static void AddOutbound(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>();
        builder.Services.AddSingleton(Create);
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<OutboundClient>()));
    }

    // Not by IHttpClientFactory: its defaults here are service discovery and retries, which would change the address
    // behind the guard and multiply what an attacker sets off.
    private static OutboundClient Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<OutboundOptions>>();

        // In Development clients run on this machine, some of them without TLS.
        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        return new OutboundClient(
            NewHandler(options.Value, isDevelopment, Dns.GetHostAddressesAsync), options, isDevelopment,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<OutboundClient>>());
    }

    internal static SocketsHttpHandler NewHandler(
        OutboundOptions options, bool isDevelopment, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        var exemptions = options.AllowedHosts.Select(AllowedHost.Parse).OfType<AllowedHost>();
        var connections = new GuardedConnections(
            [.. exemptions, .. isDevelopment ? AllowedHost.Loopback : []], resolve);
        return new SocketsHttpHandler
        {
            ConnectCallback = connections.OpenAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16, // KiB
            MaxConnectionsPerServer = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),

            // A span for each call, but strangers do not learn the ids of our traces.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            SslOptions =
            {
                RemoteCertificateValidationCallback = TrustedAuthorities.Load(options.CaFile).Accepts,

                // A certificate says where its issuer is to be had: another address of a stranger's choice.
                CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
    }
}
