using Microsoft.AspNetCore.Diagnostics;
using Platform.Bff.Defence;
using StackExchange.Redis;

namespace Platform.Bff.Pages;

/// <summary>
/// Redis does not answer: come back soon. Nothing is said of the session, and its cookie stays, because nobody knows.
/// </summary>
internal sealed partial class StoreAwayHandler(ILogger<StoreAwayHandler> logger) : IExceptionHandler
{
    public static bool IsStoreAway(Exception? exception) =>
        exception is RedisException or TimeoutException ||
        exception?.InnerException is { } inner && IsStoreAway(inner);

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsStoreAway(exception))
        {
            return false;
        }

        LogAway(exception.Message);
        const int Status = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "2";
        // The middleware has taken the endpoint off the request by now.
        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        IResult answer = endpoint?.Metadata.GetMetadata<CallPolicy>() is { IsPage: true }
            ? new ErrorPage(Status, "The portal is not available", "Please try again in a moment.",
                BffTelemetry.CorrelationId(httpContext))
            : TypedResults.Problem(
                title: "Not available", detail: "The session store does not answer. Try again.", statusCode: Status);
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "Redis does not answer: {Reason}")]
    private partial void LogAway(string reason);
}
