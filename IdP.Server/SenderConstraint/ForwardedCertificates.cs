using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Platform.IdP.SenderConstraint;

/// <summary>
/// Takes a client's certificate from a header where a trusted proxy ended TLS; on such a connection the certificate would be
/// the proxy's own. From everyone else the header is not read.
/// </summary>
internal sealed partial class ForwardedCertificates(
    RequestDelegate next, IOptions<MtlsOptions> options, ILogger<ForwardedCertificates> logger)
{
    private readonly string? _header = options.Value is { Enabled: true, ForwardedHeader: { } header } ? header : null;
    private readonly IPNetwork[] _trusted = [.. options.Value.TrustedProxies.Select(network => IPNetwork.Parse(network))];

    public Task InvokeAsync(HttpContext http)
    {
        if (_header is not null && IsFromTrustedProxy(http))
        {
            http.Features.Set<ITlsConnectionFeature>(new ForwardedConnection { ClientCertificate = Read(http, _header) });
        }

        return next(http);
    }

    private bool IsFromTrustedProxy(HttpContext http) =>
        http.Features.Get<ConnectionPeer>() is { Address: { } address } && Array.Exists(_trusted, network => network.Contains(address));

    private X509Certificate2? Read(HttpContext http, string header)
    {
        var values = http.Request.Headers[header];
        if (values.Count == 0)
        {
            return null;
        }

        if (values is not [{ } only] || CertificateHeader.Read(only) is not { } certificate)
        {
            LogUnreadable(header);
            return null;
        }

        http.Response.RegisterForDispose(certificate);
        return certificate;
    }

    // Set to null, the property of Kestrel's own feature would yield the proxy's certificate again.
    private sealed class ForwardedConnection : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }

    [LoggerMessage(LogLevel.Warning, "A trusted proxy sent a header {Header} that holds no certificate.")]
    private partial void LogUnreadable(string header);
}
