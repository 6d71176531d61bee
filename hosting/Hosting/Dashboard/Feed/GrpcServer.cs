using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>
/// As much of gRPC as the dashboard needs, on a loopback port, in HTTP/2 without TLS: unary and server-streaming calls of who knows
/// the API key.
/// </summary>
internal sealed partial class GrpcServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    public const string KeyHeader = "x-resource-service-api-key";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly byte[] _key;
    private readonly IReadOnlyDictionary<string, Func<GrpcCall, Task<GrpcStatus>>> _methods;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stop = new();

    public GrpcServer(
        string key, IReadOnlyDictionary<string, Func<GrpcCall, Task<GrpcStatus>>> methods, TimeProvider clock, ILogger logger)
    {
        (_key, _methods, _clock, _logger) = (Encoding.UTF8.GetBytes(key), methods, clock, logger);
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null; // A stream of the caller is endless; each message has its bound.
        options.Limits.MinRequestBodyDataRate = null;
        options.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    public async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(this, cancellationToken);
        return new(_server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        using var patience = new CancellationTokenSource(Farewell, _clock);
        await _server.StopAsync(patience.Token);
        _server.Dispose();
        _stop.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    async Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is not true)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        http.Response.ContentType = "application/grpc";
        var status = await AnswerAsync(http);
        http.Response.AppendTrailer("grpc-status", status.Code.ToString(CultureInfo.InvariantCulture));
        if (status.Message is { } message)
        {
            http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
        }
    }

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private async Task<GrpcStatus> AnswerAsync(HttpContext http)
    {
        var presented = Encoding.UTF8.GetBytes(http.Request.Headers[KeyHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(presented, _key))
        {
            return GrpcStatus.Unauthenticated;
        }

        if (!_methods.TryGetValue(http.Request.Path.Value ?? "", out var method))
        {
            return GrpcStatus.Unimplemented($"This application does not answer {http.Request.Path}.");
        }

        LogCall(http.Request.Path);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stop.Token);
        try
        {
            return await method(new(http, ended.Token));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return GrpcStatus.Cancelled;
        }
        catch (Exception failure)
        {
            LogFailure(failure, http.Request.Path);
            return GrpcStatus.Internal;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The dashboard calls {Method}.")]
    private partial void LogCall(string method);

    [LoggerMessage(LogLevel.Warning, "{Method} failed.")]
    private partial void LogFailure(Exception failure, string method);
}
