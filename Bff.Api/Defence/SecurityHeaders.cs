namespace Platform.Bff.Defence;

/// <summary>
/// What every answer says to the browser. The content security policy of the portal's pages is theirs to set.
/// </summary>
internal static class SecurityHeaders
{
    private static readonly Func<object, Task> Starting = state =>
    {
        Add((HttpContext)state);
        return Task.CompletedTask;
    };

    public static Task Add(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(Starting, http);
        return next(http);
    }

    private static void Add(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        var policy = http.GetEndpoint()?.Metadata.GetMetadata<CallPolicy>();
        if (policy is not { IsFramed: true })
        {
            headers.XFrameOptions = http.Features.Get<OwnFrames>() is null ? "DENY" : "SAMEORIGIN";
        }

        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // The callback's URL holds a code: it goes nowhere (RFC 9700 section 4.2.4).
        headers["Referrer-Policy"] = "no-referrer";
        if (policy is { IsPersonal: true })
        {
            headers.CacheControl = "no-store";
        }
    }
}
