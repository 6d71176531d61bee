using System.Globalization;
using Platform.Bff.Pages;

namespace Platform.Bff.Defence;

/// <summary>RFC 6585 section 4.</summary>
internal sealed class TooMany(bool isPage, TimeSpan wait) : IResult
{
    private const int Status = StatusCodes.Status429TooManyRequests;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        IResult answer = isPage
            ? new ErrorPage(Status, "Too many sign-ins", "Please wait a moment and try again.", BffTelemetry.CorrelationId(httpContext))
            : TypedResults.Problem(title: "Too many calls", detail: "Wait as long as Retry-After says.", statusCode: Status);
        return answer.ExecuteAsync(httpContext);
    }
}
