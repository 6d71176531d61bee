using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Platform.Bff.Defence;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Platform.Bff.Forwarding;

/// <summary>A stream may be silent for longer than any other answer: its route's cluster is used with another patience.</summary>
internal sealed class Patience(IOptions<LimitOptions> limits)
{
    private readonly ConditionalWeakTable<ClusterModel, ClusterModel> _patient = [];

    public Task Have(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>().Streams is not RouteStreams.None)
        {
            var proxy = http.GetReverseProxyFeature();
            http.Features.Set<IReverseProxyFeature>(new ReverseProxyFeature
            {
                Route = proxy.Route,
                Cluster = _patient.GetValue(proxy.Cluster, Patient),
                AllDestinations = proxy.AllDestinations,
                AvailableDestinations = proxy.AvailableDestinations,
            });
        }

        return next(http);
    }

    private ClusterModel Patient(ClusterModel cluster) => new(
        cluster.Config with
        {
            HttpRequest = (cluster.Config.HttpRequest ?? ForwarderRequestConfig.Empty) with { ActivityTimeout = limits.Value.StreamSilence },
        },
        cluster.HttpClient);
}
