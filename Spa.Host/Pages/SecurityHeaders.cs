using Microsoft.Extensions.Options;

namespace Platform.Spa.Pages;

/// <summary>
/// The page may load its own files and nothing else: a script that was smuggled in does not run, has nowhere to send
/// what it finds, and <c>innerHTML</c> and its kin throw (Trusted Types). Its frames go through a silent sign-in alone.
/// </summary>
internal static class SecurityHeaders
{
    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
            "microphone=(), midi=(), payment=(), usb=()"),
    ];

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = ContentSecurityPolicy(app.Services.GetRequiredService<IOptions<PageOptions>>().Value.SignInOrigins);
        app.Use((http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = policy;
            foreach (var (name, value) in Headers)
            {
                http.Response.Headers[name] = value;
            }

            return next(http);
        });
    }

    private static string ContentSecurityPolicy(IEnumerable<string> signInOrigins) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
        $"frame-src {string.Join(' ', ["'self'", .. signInOrigins])}; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'";
}
