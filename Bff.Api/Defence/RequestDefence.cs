using Platform.Bff.Configuration;
using Platform.Bff.Pages;
using Platform.Bff.Session;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Bff.Defence;

/// <summary>Refuses what another site made the browser send, before any endpoint runs.</summary>
internal sealed partial class RequestDefence(
    RequestDelegate next, PublicOrigins origins, CallLimits limits, ILogger<RequestDefence> logger)
{
    public const string Header = "X-CSRF";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<CallPolicy>() is not { } policy)
            return next(http);
        if (!PathDefence.IsPlain(http))
            return RefuseAsync(http, policy, StatusCodes.Status400BadRequest, "The path is not plain.");
        if (http.IsUpgrade && !(policy.TakesSockets && http.IsWebSocket))
            return RefuseAsync(http, policy, StatusCodes.Status400BadRequest, "There is nothing here to upgrade to.");
        if (Check(http, policy) is { } reason)
            return RefuseAsync(http, policy, StatusCodes.Status403Forbidden, reason);
        if (policy.IsSignIn && limits.TrySignIn(http.Connection.RemoteIpAddress) is { } wait)
            return new TooMany(policy.IsPage, wait).ExecuteAsync(http);
        return next(http);
    }

    private Task RefuseAsync(HttpContext http, CallPolicy policy, int status, string reason)
    {
        LogRefused(http.Request.Path, reason);
        ProtocolSpan.Refused("request_refused", reason);
        IResult answer = policy.IsPage
            ? new ErrorPage(
                status, "This request was refused",
                "It did not come from this portal. Please go to the start page and try again.",
                BffTelemetry.CorrelationId(http))
            : TypedResults.Problem(title: "Refused", detail: reason, statusCode: status);
        return answer.ExecuteAsync(http);
    }

    private string? Check(HttpContext http, CallPolicy policy)
    {
        var request = http.Request;
        if (policy.TakesSockets && http.IsWebSocket)
        {
            // RFC 6455 section 10.2. No other check would notice that it is missing.
            if (request.Headers.Origin.Count == 0)
            {
                return "The WebSocket has no Origin.";
            }
        }
        else if (policy.NeedsHeader && request.Headers[Header] != "1")
        {
            return $"The header {Header}: 1 is missing.";
        }

        // Fetch Metadata Request Headers section 2.1. Browsers that do not send it are left to the other checks.
        if (policy.FetchSites.Count > 0 && request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site &&
            !policy.FetchSites.Contains(site.ToString()))
        {
            return "The request was started by another site.";
        }

        if (policy.FetchSites.Count > 0 && request.Headers.Origin is { Count: > 0 } origin &&
            origin != origins.Of(request))
        {
            return "The request has a foreign Origin.";
        }

        // Fetch Metadata Request Headers section 2.1.
        if (policy.IsTopLevel && request.Headers["Sec-Fetch-Dest"] is { Count: > 0 } destination && destination != "document")
        {
            return "The request was made for a part of another page.";
        }

        return policy.IsPersonal && SessionCookie.IsDoubled(request)
            ? "The session cookie came more than once."
            : null;
    }

    [LoggerMessage(LogLevel.Warning, "Refused a request to {Path}: {Reason}")]
    private partial void LogRefused(string path, string reason);
}
