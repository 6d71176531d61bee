using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Platform.Bff.Pages;

internal static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["correlationId"] = BffTelemetry.CorrelationId(context.HttpContext));
        builder.Services.AddExceptionHandler<StoreAwayHandler>();
    }

    public static void UsePages(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(Describe);
    }

    /// <summary>An answer without a body gets one: a page for a person, a problem for a program.</summary>
    private static Task Describe(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        IResult answer = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? new ErrorPage(status, ReasonPhrases.GetReasonPhrase(status),
                "The portal could not answer this request.", BffTelemetry.CorrelationId(http))
            : TypedResults.Problem(statusCode: status);
        return answer.ExecuteAsync(http);
    }
}
