using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Platform.Bff.Pages;

/// <summary>What a person sees when a navigation fails: what happened, what to do, and a number to quote.</summary>
internal sealed class ErrorPage(int status, string title, string explanation, string correlationId) : IResult
{
    private const string Style = """
        body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem;color:#1b2733;background:#f6f8fa}
        main{background:#fff;border-radius:.75rem;padding:2rem;box-shadow:0 1px 4px #0002}h1{font-size:1.5rem;margin-top:0}
        a{display:inline-block;margin-right:1.5rem;color:#0b57d0}small{color:#5a6572;overflow-wrap:anywhere}
        @media(prefers-color-scheme:dark){body{background:#12171c;color:#e6edf3}main{background:#1c232b}a{color:#8ab4f8}small{color:#9aa7b4}}
        """;

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "5";
        }

        await response.WriteAsync(Html(), httpContext.RequestAborted);
    }

    private string Html() => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(title)}</title><style>{Style}</style></head>
        <body><main>
        <h1>{Encode(title)}</h1>
        <p>{Encode(explanation)}</p>
        <p><a href="/auth/login">Sign in again</a> <a href="/">To the start page</a></p>
        <small>Correlation id: {Encode(correlationId)}</small>
        </main></body>
        </html>

        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
