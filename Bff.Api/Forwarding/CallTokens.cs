using Platform.Bff.AccessTokens;
using Platform.Bff.Session;
using Platform.Sessions;

namespace Platform.Bff.Forwarding;

/// <summary>Gets what a call carries, or says why it cannot be made.</summary>
internal static class CallTokens
{
    public static async Task Get(HttpContext http, RequestDelegate next)
    {
        var route = http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>();
        switch (await route.Tokens.GetAsync(http.Features.Get<LiveSession>(), http.RequestAborted))
        {
            case TokenAnswer.Valid valid:
                http.Features.Set(valid.Token);
                if (valid.Session is { } session)
                {
                    CurrentSession.Carry(http, session);
                }

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
