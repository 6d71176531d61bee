using System.Diagnostics;
using Platform.Bff.Provider;
using Platform.Bff.Session;
using Platform.Bff.Session.Devices;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Login;

/// <summary>The way back from the provider.</summary>
internal sealed class CallbackEndpoint(
    OpenIdProviders providers, CallbackChecks checks, SignInCompletion completion, CurrentSession current, ISessions sessions,
    SignInPages pages)
{
    // 1 belongs to this browser  2 code for tokens  3 new session, new handle  4 the old one ends  5 back to the page
    public async Task<IResult> Callback(HttpContext http, string? provider, CancellationToken cancellationToken)
    {
        if (providers.Named(provider) is not { } answering)
            return pages.Refuse(http, SignInRefusal.UnknownProvider());

        CallbackCheck check;
        try
        {
            check = await checks.CheckAsync(answering, http.Request, cancellationToken);
        }
        catch (ProviderUnavailableException away)
        {
            return pages.Refuse(http, SignInRefusal.Away(away.Message));
        }

        if (check is CallbackCheck.Refused refused)
        {
            return await RefuseAsync(http, refused, cancellationToken);
        }

        var accepted = (CallbackCheck.Accepted)check;
        using var activity = Continue(accepted.PreSession);
        LoginCookie.Delete(http, accepted.State);

        var end = await completion.CompleteAsync(accepted, ClientDevice.Of(http), cancellationToken);
        if (end is SignInEnd.Refused { Refusal: var reason })
        {
            return pages.Refuse(http, reason, accepted.PreSession.Mode);
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
        return pages.Done(accepted.PreSession);
    }

    private async Task<IResult> RefuseAsync(HttpContext http, CallbackCheck.Refused refused, CancellationToken cancellationToken)
    {
        using var trace = Continue(refused.PreSession);
        if (refused.State is { } over)
        {
            LoginCookie.Delete(http, over);
        }

        return refused.Refusal.MayBeDoneAlready && await current.FindAsync(http, isUse: false, cancellationToken) is not null
            ? new SeeOther("/")
            : pages.Refuse(http, refused.Refusal, refused.PreSession?.Mode ?? SignInMode.Visible, refused.PreSession?.ReturnUrl);
    }

    /// <summary>The rest of the sign-in belongs to the trace that its start began, linked to this request's own.</summary>
    private static Activity? Continue(PreSession? preSession) =>
        ActivityContext.TryParse(preSession?.TraceParent, traceState: null, isRemote: true, out var parent)
            ? BffTelemetry.Source.StartActivity(
                ActivityKind.Server, parent, name: "sign-in callback",
                links: Activity.Current is { } request ? [new ActivityLink(request.Context)] : null)
            : null;
}
