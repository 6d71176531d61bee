namespace Platform.IdP.Protocol;

/// <summary>What every answer carries. Pages run no script, load nothing from elsewhere and are shown in no frame.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy("'self'");
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // RFC 6749 section 5.1; the few answers that may be kept say so themselves.
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";

        // The renderer of pages announces a script that is not used here.
        http.Response.OnStarting(static response =>
        {
            ((HttpResponse)response).Headers.Remove("blazor-enhanced-nav");
            return Task.CompletedTask;
        }, http.Response);
        return next(http);
    });

    /// <summary>
    /// Lets a form's answer redirect to <paramref name="address"/>: browsers apply form-action to the redirects that follow,
    /// and the last one leads to the client. <paramref name="image"/> may be shown on the page.
    /// </summary>
    public static void AllowFormRedirect(this HttpResponse response, string address, Uri? image = null)
    {
        var uri = new Uri(address);
        var target = uri.Scheme is "https" or "http" ? Origin(uri) : $"{uri.Scheme}:";
        response.Headers.ContentSecurityPolicy = Policy($"'self' {target}", image is null ? "" : " " + Origin(image));
    }

    /// <summary>Lets the page run this server's own script files: only where a browser offers no other way (WebAuthn).</summary>
    public static void AllowOwnScript(this HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = $"{headers.ContentSecurityPolicy}; script-src 'self'; connect-src 'self'";
    }

    /// <summary>Lets a page send its form to <paramref name="address"/> alone, by the one script of this hash.</summary>
    public static void AllowFormPost(this HttpResponse response, string address, string scriptSource) =>
        response.Headers.ContentSecurityPolicy =
            $"{Policy(new Uri(address).GetLeftPart(UriPartial.Authority))}; script-src {scriptSource}";

    /// <summary>Lets a page show frames of these origins and no others.</summary>
    public static void AllowFrames(this HttpResponse response, IEnumerable<string> origins) =>
        response.Headers.ContentSecurityPolicy = $"{Policy("'self'")}; frame-src {string.Join(' ', origins.Distinct())}";

    /// <summary>Public metadata and keys: the same for everyone, kept for a while.</summary>
    public static void AllowCaching(this HttpResponse response, TimeSpan period)
    {
        response.Headers.CacheControl = $"public, max-age={(int)period.TotalSeconds}";
        response.Headers.Remove("Pragma");
    }

    private static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    private static string Policy(string formAction, string images = "") =>
        $"default-src 'none'; style-src 'self'; img-src 'self'{images}; base-uri 'none'; frame-ancestors 'none'; " +
        $"form-action {formAction}";
}
