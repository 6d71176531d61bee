using Platform.Bff.AccessTokens;
using Platform.Bff.Session;

namespace Platform.Bff.Forwarding;

/// <summary>Before a call goes on to an API: whose session it is, and the access token that it carries.</summary>
internal static class SessionCalls
{
    public static async Task Prepare(HttpContext http, RequestDelegate next)
    {
        var route = http.GetReverseProxyFeature().Route.Config;
        if (!route.NeedsSession)
        {
            await next(http);
            return;
        }

        var services = http.RequestServices;
        if (await services.GetRequiredService<CurrentSession>().FindAsync(http, isUse: true, http.RequestAborted) is not { } session)
        {
            await CurrentSession.None().ExecuteAsync(http);
            return;
        }

        var answer = await services.GetRequiredService<SessionAccessTokens>().GetAsync(session, RouteToken.Of(route), http.RequestAborted);
        if (answer is TokenAnswer.Valid valid)
        {
            http.Features.Set(valid.Token);
            CurrentSession.Carry(http, valid.Session);
            await next(http);
            return;
        }

        await Refuse(answer).ExecuteAsync(http);
    }

    // What the provider said is for the log alone.
    private static IResult Refuse(TokenAnswer answer) => answer switch
    {
        TokenAnswer.Over => CurrentSession.None(),
        TokenAnswer.Refused => TypedResults.Problem(
            title: "Not allowed", detail: "There is no access token for this API.", statusCode: StatusCodes.Status403Forbidden),
        _ => TypedResults.Problem(
            title: "Not available", detail: "The sign-in service does not answer. Try again.",
            statusCode: StatusCodes.Status503ServiceUnavailable),
    };
}
