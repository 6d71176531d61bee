using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Platform.Sessions;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Headers are copied by list, so that nothing which a service behind us might trust (Cookie, Authorization,
/// X-Forwarded-*, a client certificate, ...) can come from outside (RFC 9700 section 4.13). No cookie comes back.
/// </summary>
internal static class ForwardedHeaders
{
    private static readonly string[] Requests =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Encoding", "Content-Language",
        "Content-Length", "Content-Type", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
        "If-Unmodified-Since", "Prefer", "Range", "User-Agent",
    ];

    public static void Apply(TransformBuilderContext context)
    {
        context.UseDefaultForwarders = false;
        context.AddRequestHeadersAllowed(Requests);
        context.AddResponseHeaderRemove("Set-Cookie", ResponseCondition.Always);
        context.AddResponseHeaderRemove("DPoP-Nonce", ResponseCondition.Always);
        context.AddResponseHeaderRemove("Server", ResponseCondition.Always);
        if (context.Route.NeedsSession)
        {
            context.AddRequestTransform(AttachToken);
        }
    }

    private static ValueTask AttachToken(RequestTransformContext context)
    {
        var token = context.HttpContext.Features.GetRequiredFeature<SessionAccessToken>();
        context.ProxyRequest.Headers.Authorization = new AuthenticationHeaderValue(token.Type, token.Value);
        context.ProxyRequest.Options.Set(DPoPHandler.Token, token);
        return ValueTask.CompletedTask;
    }
}
