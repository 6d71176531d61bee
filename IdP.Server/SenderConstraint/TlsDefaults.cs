using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Platform.IdP.SenderConstraint;

/// <summary>
/// TLS as FAPI 2.0 section 5.2 asks for it, on every https listener: 1.2 and 1.3, and of 1.2 only the suites that BCP 195
/// (RFC 9325 section 4.2) recommends. Where client certificates are in use, they are asked for and not required.
/// </summary>
internal static class TlsDefaults
{
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ];

    // What stands in the lambda runs when the server starts, and then the options are known to be valid.
    public static void Apply(KestrelServerOptions kestrel) =>
        kestrel.ConfigureHttpsDefaults(https =>
        {
            var mtls = kestrel.ApplicationServices.GetRequiredService<IOptions<MtlsOptions>>().Value;
            var port = mtls.Url is { } url ? BindingAddress.Parse(url).Port : (int?)null;

            // Elsewhere the suites are a matter of the operating system.
            var policy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy(Suites) : null;
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.OnAuthenticate = (connection, tls) =>
            {
                tls.CipherSuitesPolicy = policy;
                AskForCertificate(connection, tls, mtls.Enabled, port);
            };
            if (mtls.Enabled)
            {
                // Whose certificate it is, and whether it counts, is for the client's authentication method to say.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }
        });

    private static void AskForCertificate(ConnectionContext? connection, SslServerAuthenticationOptions tls, bool enabled, int? port)
    {
        if (!enabled)
        {
            return;
        }

        if (port is not null && (connection?.LocalEndPoint as IPEndPoint)?.Port != port)
        {
            tls.ClientCertificateRequired = false;
            return;
        }

        // A resumed session does not show the certificate again.
        tls.AllowTlsResume = false;
    }
}
