using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Platform.Bff.Defence;

namespace Platform.Bff.Login;

/// <summary>
/// What a hidden frame ends on: it tells the page around it, which must be of our own origin, how the silent sign-in went.
/// </summary>
internal sealed class SilentPage(string outcome) : IResult
{
    public const string SignedIn = "signed_in";
    public const string Failed = "failed";

    private const string Script =
        "parent.postMessage({type:'silent-sign-in',outcome:document.body.dataset.outcome},location.origin)";

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        httpContext.Features.Set(new OwnFrames());
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Sign-in</title></head>
            <body data-outcome="{HtmlEncoder.Default.Encode(outcome)}"><script>{Script}</script></body></html>

            """, httpContext.RequestAborted);
    }
}
