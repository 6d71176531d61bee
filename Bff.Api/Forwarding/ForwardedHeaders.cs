using System.Net.Http.Headers;
using Platform.Bff.AccessTokens;
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

    private static readonly string[] Handshakes =
        [.. Requests, "Sec-WebSocket-Extensions", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Sec-WebSocket-Version"];

    public static void Apply(TransformBuilderContext context)
    {
        var takesSockets = context.Services.GetRequiredService<ForwardedRoutes>().Read(context.Route).Streams is RouteStreams.WebSockets;
        context.UseDefaultForwarders = false;
        context.AddRequestHeadersAllowed(takesSockets ? Handshakes : Requests);
        context.AddResponseHeaderRemove("Set-Cookie", ResponseCondition.Always);
        context.AddResponseHeaderRemove("DPoP-Nonce", ResponseCondition.Always);
        context.AddResponseHeaderRemove("Server", ResponseCondition.Always);
        context.AddRequestTransform(Attach);
    }

    private static ValueTask Attach(RequestTransformContext context)
    {
        var (features, headers) = (context.HttpContext.Features, context.ProxyRequest.Headers);
        if (features.Get<SessionAccessToken>() is { } token)
        {
            headers.Authorization = new AuthenticationHeaderValue(token.Type, token.Value);
            context.ProxyRequest.Options.Set(DPoPHandler.Token, token);
        }

        foreach (var (name, value) in (features.Get<CallHeaders>() ?? CallHeaders.None).Values)
        {
            // In the place of what the browser may have sent under the name.
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }

        return ValueTask.CompletedTask;
    }
}
