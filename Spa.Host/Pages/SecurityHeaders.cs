namespace Platform.Spa.Pages;

/// <summary>
/// The page may load its own files and nothing else: a script that was smuggled in does not run, has nowhere to send
/// what it finds, and <c>innerHTML</c> and its kin throw (Trusted Types).
/// </summary>
internal static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("Content-Security-Policy", ContentSecurityPolicy),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
            "microphone=(), midi=(), payment=(), usb=()"),
    ];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        foreach (var (name, value) in Headers)
        {
            http.Response.Headers[name] = value;
        }

        return next(http);
    });
}
