using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the span that ASP.NET Core begins for each request with what is known at its end: route, status code,
/// and the name made of method and route (OpenTelemetry semantic conventions for HTTP). Never the query.
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) => http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span
            ? CompleteAsync(http, span, rest)
            : rest(http));
        next(app);
    };

    private static async Task CompleteAsync(HttpContext http, Activity span, RequestDelegate rest)
    {
        try
        {
            await rest(http);
            span.SetTag("http.response.status_code", http.Response.StatusCode);
            if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
        catch (Exception failure)
        {
            span.SetTag("error.type", failure.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            span.SetTag("http.route", route);
            span.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} /{route.TrimStart('/')}";
        }
    }
}
