using System.Text.Encodings.Web;

namespace Platform.Bff.Login;

/// <summary>
/// Goes on by itself to an address of ours. Unlike a redirect, that is a step of our own page, which brings the Strict cookie
/// with it: a sign-in that another site began ends the session of before, too.
/// </summary>
internal sealed class OnwardPage(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var target = HtmlEncoder.Default.Encode(address);
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={target}"><title>Sign-in</title></head>
            <body><a href="{target}">Sign in</a></body></html>

            """, httpContext.RequestAborted);
    }
}
