using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Tests.Publish;

/// <summary>Ends TLS in front of a service, as the proxy of a deployment does, and says whose request it is.</summary>
public sealed class TlsProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
    });

    private TlsProxy(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        _app.Run(async http => await _app.Services.GetRequiredService<IHttpForwarder>()
            .SendAsync(http, Service!.ToString(), _http, ForwarderRequestConfig.Empty, Forwarding.Instance));
    }

    /// <summary>The service, once it runs.</summary>
    public Uri? Service { get; set; }

    /// <summary>The public address; no trailing slash.</summary>
    public string Address => $"https://localhost:{new Uri(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}";

    public static async Task<TlsProxy> StartAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var proxy = new TlsProxy(certificate);
        await proxy._app.StartAsync(cancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private sealed class Forwarding : HttpTransformer
    {
        public static readonly Forwarding Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-For", $"{httpContext.Connection.RemoteIpAddress}");
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        }
    }
}
