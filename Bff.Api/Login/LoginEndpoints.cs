using System.Diagnostics;
using Platform.Bff.Configuration;
using Platform.Bff.Pages;
using Platform.Bff.Provider;
using Platform.Bff.Session;
using Platform.Bff.Session.Devices;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Login;

/// <summary>The two doors of a sign-in: the way out to the provider and the way back.</summary>
internal sealed partial class LoginEndpoints(
    OpenIdProviders providers,
    PublicOrigins origins,
    SignInStart start,
    CallbackChecks checks,
    SignInCompletion completion,
    LoginCookie loginCookie,
    CurrentSession current,
    ISessions sessions,
    ILogger<LoginEndpoints> logger)
{
    public async Task<IResult> Login(HttpContext http, string? returnUrl, string? provider, CancellationToken cancellationToken)
    {
        if (origins.Of(http.Request) is not { } origin)
            return Refuse(http, SignInRefusal.UnknownHost());
        if (providers.Named(provider) is not { } chosen)
            return Refuse(http, SignInRefusal.UnknownProvider());
        if (ReturnUrl.Local(returnUrl, origin) is not { } local)
            return Refuse(http, SignInRefusal.NotLocal());

        var beginning = await start.BeginAsync(new(chosen, origin, local), cancellationToken);
        if (beginning is SignInBeginning.Refused { Refusal: var refusal })
        {
            return Refuse(http, refusal);
        }

        var (state, url) = (SignInBeginning.Started)beginning;
        var previous = await current.FindAsync(http, isUse: false, cancellationToken);
        loginCookie.Append(http, state, previous?.Key);
        return new SeeOther(url);
    }

    // 1 belongs to this browser  2 code for tokens  3 new session, new handle  4 the old one ends  5 back to the page
    public async Task<IResult> Callback(HttpContext http, string? provider, CancellationToken cancellationToken)
    {
        if (providers.Named(provider) is not { } answering)
            return Refuse(http, SignInRefusal.UnknownProvider());

        CallbackCheck check;
        try
        {
            check = await checks.CheckAsync(answering, http.Request, cancellationToken);
        }
        catch (ProviderUnavailableException away)
        {
            return Refuse(http, SignInRefusal.Away(away.Message));
        }

        if (check is CallbackCheck.Refused refused)
        {
            using var trace = Continue(refused.PreSession);
            if (refused.State is { } over)
            {
                LoginCookie.Delete(http, over);
            }

            return refused.Refusal.MayBeDoneAlready && await current.FindAsync(http, isUse: false, cancellationToken) is not null
                ? new SeeOther("/")
                : Refuse(http, refused.Refusal);
        }

        var accepted = (CallbackCheck.Accepted)check;
        using var activity = Continue(accepted.PreSession);
        LoginCookie.Delete(http, accepted.State);

        var end = await completion.CompleteAsync(accepted, ClientDevice.Of(http), cancellationToken);
        if (end is SignInEnd.Refused { Refusal: var reason })
        {
            return Refuse(http, reason);
        }

        // RFC 9700 and session fixation: whoever knew an older handle of this browser has nothing of the new session.
        string?[] previous = [(await current.FindAsync(http, isUse: false, cancellationToken))?.Key, accepted.PreviousKey];
        foreach (var key in previous.OfType<string>().Distinct())
        {
            if (await sessions.EndByKeyAsync(key, cancellationToken))
            {
                BffTelemetry.CountEnded("replaced");
            }
        }

        SessionCookie.Begin(http, ((SignInEnd.SignedIn)end).Handle);
        BffTelemetry.CountSignIn("signed_in");
        LogSignedIn();
        return new SeeOther(accepted.PreSession.ReturnUrl);
    }

    /// <summary>The rest of the sign-in belongs to the trace that its start began, linked to this request's own.</summary>
    private static Activity? Continue(PreSession? preSession) =>
        ActivityContext.TryParse(preSession?.TraceParent, traceState: null, isRemote: true, out var parent)
            ? BffTelemetry.Source.StartActivity(
                ActivityKind.Server, parent, name: "sign-in callback",
                links: Activity.Current is { } request ? [new ActivityLink(request.Context)] : null)
            : null;

    private ErrorPage Refuse(HttpContext http, SignInRefusal refusal)
    {
        var correlationId = BffTelemetry.CorrelationId(http);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, refusal.Outcome);
        BffTelemetry.CountSignIn(refusal.Outcome);
        LogRefused(refusal.Outcome, refusal.Reason, correlationId);
        return new ErrorPage(refusal.Status, refusal.Title, refusal.Explanation, correlationId);
    }

    [LoggerMessage(LogLevel.Information, "A sign-in succeeded.")]
    private partial void LogSignedIn();

    [LoggerMessage(LogLevel.Warning, "A sign-in ended without a session ({Outcome}): {Reason}. Correlation id {CorrelationId}.")]
    private partial void LogRefused(string outcome, string reason, string correlationId);
}
