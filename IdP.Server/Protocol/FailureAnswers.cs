using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using StackExchange.Redis;

namespace Platform.IdP.Protocol;

/// <summary>The answer when a request dies of an exception.</summary>
internal static class FailureAnswers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public static void UseFailureAnswers(this IApplicationBuilder app) => app.UseExceptionHandler(
        failed => failed.Run(http =>
        {
            var failure = http.Features.GetRequiredFeature<IExceptionHandlerFeature>();
            var (status, error, description) = Classify(failure.Error);
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                http.Response.Headers.RetryAfter = $"{RetryAfter.TotalSeconds:0}";
            }

            http.ResumeLanguage();
            return ErrorAnswer.For(failure.Endpoint, error, description, status).ExecuteAsync(http);
        }));

    private static (int Status, string Error, string Description) Classify(Exception failure) => failure switch
    {
        BadHttpRequestException bad => (bad.StatusCode, "invalid_request", "The request cannot be read."),
        RedisException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable",
            "The service is not available at the moment. Try again shortly."),
        _ => (StatusCodes.Status500InternalServerError, "server_error", "Something went wrong on our side."),
    };
}
