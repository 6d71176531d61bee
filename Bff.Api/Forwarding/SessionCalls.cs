using Platform.Bff.AccessTokens;
using Platform.Bff.Session;
using Platform.Sessions;

namespace Platform.Bff.Forwarding;

/// <summary>Before a call goes on to an API: whose session it is, and what it carries.</summary>
internal static class SessionCalls
{
    public static async Task Prepare(HttpContext http, RequestDelegate next)
    {
        var route = http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>();
        LiveSession? session = null;
        if (route.NeedsSession)
        {
            var current = http.RequestServices.GetRequiredService<CurrentSession>();
            session = await current.FindAsync(http.Request, isUse: true, http.RequestAborted);
            if (session is null)
            {
                await CurrentSession.None().ExecuteAsync(http);
                return;
            }
        }

        switch (await route.Tokens.GetAsync(session, http.RequestAborted))
        {
            case TokenAnswer.Valid valid:
                http.Features.Set(valid.Token);
                break;
            case TokenAnswer.Headers headers:
                http.Features.Set(headers.Values);
                break;
            case var refusal:
                await Refuse(refusal).ExecuteAsync(http);
                return;
        }

        await next(http);
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
