using Microsoft.Extensions.Options;

namespace Platform.IdP.Protocol;

internal static class LimitSetup
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        builder.Services.AddSingleton(new StartPrerequisite(services => _ = services.GetRequiredService<IOptions<LimitOptions>>().Value));
        builder.Services.AddSingleton<AddressLimit>();
    }

    public static void UseAddressLimit(this IApplicationBuilder app)
    {
        var limit = app.ApplicationServices.GetRequiredService<AddressLimit>();
        app.Use((http, next) =>
            !AddressLimit.IsFree(http.Request.Path) && limit.TryPass(http.Connection.RemoteIpAddress) is { } after
                ? RefuseAsync(http, after)
                : next(http));
    }

    // RFC 6585 section 4
    private static Task RefuseAsync(HttpContext http, TimeSpan after)
    {
        const string Error = "temporarily_unavailable";
        const string Description = "Too many requests come from this address. Try again shortly.";
        IdpTelemetry.Refusals.Add(1, new("endpoint", "any"), new("error", "flood"));
        http.Response.Headers.RetryAfter = OAuthError.Seconds(after);
        return ErrorAnswer.For(http.GetEndpoint(), Error, Description, StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }
}
