using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Platform.Bff.Defence;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Calls of routes with <c>Streams</c>: they may be silent for longer than any other, and do not keep the service from stopping.
/// </summary>
internal sealed class StreamCalls(IOptions<LimitOptions> limits, IHostApplicationLifetime lifetime)
{
    private readonly ConditionalWeakTable<ClusterModel, ClusterModel> _patient = [];

    public Task Let(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>().Streams is RouteStreams.None
            ? next(http)
            : StreamAsync(http, next);

    private async Task StreamAsync(HttpContext http, RequestDelegate next)
    {
        var proxy = http.GetReverseProxyFeature();
        http.Features.Set<IReverseProxyFeature>(new ReverseProxyFeature
        {
            Route = proxy.Route,
            Cluster = _patient.GetValue(proxy.Cluster, Patient),
            AllDestinations = proxy.AllDestinations,
            AvailableDestinations = proxy.AvailableDestinations,
        });

        var client = http.RequestAborted;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(client, lifetime.ApplicationStopping);
        http.RequestAborted = stop.Token;
        await next(http);
        http.RequestAborted = client;
        if (lifetime.ApplicationStopping.IsCancellationRequested && !client.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private ClusterModel Patient(ClusterModel cluster) => new(
        cluster.Config with
        {
            HttpRequest = (cluster.Config.HttpRequest ?? ForwarderRequestConfig.Empty) with { ActivityTimeout = limits.Value.StreamSilence },
        },
        cluster.HttpClient);
}
