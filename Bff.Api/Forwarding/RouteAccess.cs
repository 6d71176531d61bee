using Platform.Bff.Defence;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Bff.Forwarding;

/// <summary>
/// What a route's configuration says of who may use it: <c>"Metadata": { "Access": "public" }</c>. A route that says
/// nothing needs a session and our own scripts.
/// </summary>
internal static class RouteAccess
{
    extension(RouteConfig route)
    {
        public bool NeedsSession =>
            !(route.Metadata?.TryGetValue("Access", out var access) is true && access is "public");

        public CallPolicy Policy => route.NeedsSession ? CallPolicy.Script : CallPolicy.Public;
    }
}
