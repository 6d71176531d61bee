using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Bff.AccessTokens;
using Platform.Bff.Signals;
using Platform.Sessions;

namespace Platform.Bff.Session;

/// <summary>
/// Does what security events, or their absence, demand of a session before it is used: fetches its claims and tokens again, or
/// says that the person must sign in anew. A session of which nothing is demanded passes in memory.
/// </summary>
internal sealed class SessionDemandGate(SessionAccessTokens tokens, Confirmations confirmations)
{
    private const string Error = "insufficient_user_authentication";

    // An event may come while another is attended to.
    private const int Attempts = 3;

    /// <summary>The session as it may be used, or the answer that says why it may not.</summary>
    public async ValueTask<(LiveSession? Session, IResult? Refusal)> PassAsync(
        HttpContext http, LiveSession session, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (confirmations.NeedsSignIn(session))
                return (null, SignInAnew(http));
            if (!confirmations.NeedsRefresh(session))
                return (session, null);

            switch (await tokens.GetAsync(session, WantedToken.SignIn, cancellationToken))
            {
                case TokenAnswer.Valid { Session: { } current }:
                    CurrentSession.Carry(http, current);
                    session = current;
                    break;
                case TokenAnswer.Over:
                    return (null, CurrentSession.None());
                default:
                    return (null, NotNow(http));
            }
        }

        return (null, NotNow(http));
    }

    // RFC 9470 section 3. What the page can do about it stands in the body.
    private static ProblemHttpResult SignInAnew(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate =
            $"""Bearer error="{Error}", error_description="A more recent sign-in is needed", max_age="0" """.TrimEnd();
        return TypedResults.Problem(
            title: "Sign in again", detail: "For security reasons a more recent sign-in is needed.",
            statusCode: StatusCodes.Status401Unauthorized,
            extensions: new Dictionary<string, object?> { ["error"] = Error, ["signIn"] = "/auth/login?max_age=0" });
    }

    private static ProblemHttpResult NotNow(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return TypedResults.Problem(
            title: "Not available", detail: "The sign-in service does not answer. Try again.",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
