using Platform.Bff.AccessTokens;
using Platform.Bff.Session;
using Platform.Sessions;

namespace Platform.Bff.Forwarding;

/// <summary>Gets what a call carries, or says why it cannot be made.</summary>
internal static class CallTokens
{
    public static Task Get(HttpContext http, RequestDelegate next)
    {
        var route = http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>();
        var answer = route.Tokens.GetAsync(http.Features.Get<LiveSession>(), http.RequestAborted);

        // As good as always it is there.
        return answer.IsCompletedSuccessfully ? GoOn(http, answer.Result, next) : WaitAsync(http, answer, next);
    }

    private static async Task WaitAsync(HttpContext http, ValueTask<TokenAnswer> answer, RequestDelegate next) =>
        await GoOn(http, await answer, next);

    private static Task GoOn(HttpContext http, TokenAnswer answer, RequestDelegate next)
    {
        switch (answer)
        {
            case TokenAnswer.Valid valid:
                http.Features.Set(valid.Token);
                if (valid.Session is { } session && session != http.Features.Get<LiveSession>())
                {
                    CurrentSession.Carry(http, session);
                }

                return next(http);
            case TokenAnswer.Headers headers:
                http.Features.Set(headers.Values);
                return next(http);
            default:
                return Refuse(answer).ExecuteAsync(http);
        }
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
