using System.Net;
using Platform.Flows.Drawing;

namespace Platform.Flows.Access;

/// <summary>
/// Lets this machine in and nobody else, under names that lead to it alone: a page of another site whose name was made to lead
/// here (DNS rebinding) comes with that name in Host, and is refused.
/// </summary>
internal sealed partial class LocalOnly(RequestDelegate next, ILogger<LocalOnly> logger)
{
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'self' {SvgStyle.Hash}; script-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (IsLocal(http))
        {
            return next(http);
        }

        LogRefused(http.Request.Host.Host);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsync("Flows are shown on this machine only: open them under http://localhost.\n", http.RequestAborted);
    }

    private static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address)) && IsLocalName(http.Request.Host.Host);

    // RFC 6761 section 6.3: localhost and what is under it resolve to loopback, whatever a name server says.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ||
        (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    [LoggerMessage(LogLevel.Warning, "A request was refused: it came from elsewhere, or under the name '{Host}'.")]
    private partial void LogRefused(string host);
}
