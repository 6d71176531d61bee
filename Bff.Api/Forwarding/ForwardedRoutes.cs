using Microsoft.Extensions.Options;
using Platform.Bff.AccessTokens;
using Platform.Bff.AccessTokens.Sources;
using Platform.Bff.Defence;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Reads a route's <c>Metadata</c>. Members that are unknown or contradict each other stop the start, and a reloaded
/// configuration that has them does not take the place of the last good one.
/// </summary>
internal sealed class ForwardedRoutes(
    TokenSources sources, ServiceDestinations destinations, IOptions<LimitOptions> limits) : IProxyConfigFilter
{
    private const string Access = "Access";
    private const string Streams = "Streams";

    private static readonly HashSet<string> Known =
        new([.. RouteMetadata.Names, Access, Streams, AllowList.AnyMethod, AllowList.AnyPath], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">The message names the route and the fix.</exception>
    public void Check(RouteConfig route)
    {
        if (Read(route).Policy != CallPolicy.Public)
            AllowList.Check(route);
    }

    /// <exception cref="InvalidOperationException">The message names the route and the fix.</exception>
    public ForwardedRoute Read(RouteConfig route)
    {
        if (route.Metadata?.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw route.Fault($"has the unknown member '{unknown}' in its Metadata: use {string.Join(", ", Known)}.");

        var isPublic = route.Text(Access) switch
        {
            null or "session" => false,
            "public" => true,
            var access => throw route.Fault($"has the Access '{access}': use 'session' or 'public'."),
        };
        if (route.Timeout is not null || route.TimeoutPolicy is not null)
            throw route.Fault("has a Timeout, which this service does not have: set HttpRequest:ActivityTimeout of its cluster.");

        var tokens = sources.Of(route, isPublic);
        var streams = StreamsOf(route, isPublic);
        return new ForwardedRoute(
            !isPublic,
            isPublic && IsForEveryone(route) ? CallPolicy.Public : streams is RouteStreams.WebSockets ? CallPolicy.Socket : CallPolicy.Script,
            tokens,
            streams);
    }

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        destinations.Check(cluster);
        var request = cluster.HttpRequest ?? ForwarderRequestConfig.Empty;
        return new(cluster with
        {
            HttpRequest = request with { ActivityTimeout = request.ActivityTimeout ?? limits.Value.Silence },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        Check(route);
        return new(AllowList.Close(route) with
        {
            MaxRequestBodySize = route.MaxRequestBodySize ?? limits.Value.RequestBody,
        });
    }

    private static RouteStreams StreamsOf(RouteConfig route, bool isPublic) => route.Text(Streams) switch
    {
        null => RouteStreams.None,
        "events" => RouteStreams.Events,
        "websockets" => isPublic
            ? throw route.Fault("takes WebSockets without a session: remove Access or Streams.")
            : RouteStreams.WebSockets,
        var streams => throw route.Fault($"has the Streams '{streams}': use 'events' or 'websockets'."),
    };

    // What anyone may read without a name or a key: pages. Everything else is for our own scripts.
    private static bool IsForEveryone(RouteConfig route) =>
        route.Text(RouteMetadata.Token) is null or "none" &&
        route.Match.Methods is { Count: > 0 } methods && methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
}
