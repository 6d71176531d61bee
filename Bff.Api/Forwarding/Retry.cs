using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Tries once more, at another destination where there is one, when a service could not be asked or broke off before its answer
/// began. Only what may be done twice and has no body (RFC 9110 section 9.2.2).
/// </summary>
internal static class Retry
{
    public static async Task Once(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (!HasFailedEarly(http) || !MayBeDoneTwice(http))
        {
            return;
        }

        var proxy = http.GetReverseProxyFeature();
        var others = proxy.AllDestinations.Where(destination => destination != proxy.ProxiedDestination).ToList();
        proxy.AvailableDestinations = others.Count > 0 ? others : proxy.AllDestinations;
        http.Features.Set<IForwarderErrorFeature>(null);
        http.Response.Clear();
        await next(http);
    }

    private static bool HasFailedEarly(HttpContext http) =>
        http.Features.Get<IForwarderErrorFeature>() is { Error: ForwarderError.Request } && !http.Response.HasStarted;

    private static bool MayBeDoneTwice(HttpContext http) =>
        (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) &&
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
}
