using System.Diagnostics;
using Platform.Bff.Pages;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Bff.Login;

/// <summary>What the browser gets at the end of a sign-in, by the way in which it met the person; counted and logged.</summary>
internal sealed partial class SignInPages(ILogger<SignInPages> logger)
{
    public IResult Done(PreSession preSession)
    {
        BffTelemetry.CountSignIn("signed_in");
        LogSignedIn();
        return preSession.Mode is SignInMode.SilentFrame
            ? new SilentPage(SilentPage.SignedIn)
            : new SeeOther(preSession.ReturnUrl);
    }

    /// <param name="http">The request.</param>
    /// <param name="refusal">Why there is no session.</param>
    /// <param name="mode">How the sign-in meets the person.</param>
    /// <param name="returnUrl">Where a silent one comes back to.</param>
    public IResult Refuse(HttpContext http, SignInRefusal refusal, SignInMode mode = SignInMode.Visible, string? returnUrl = null)
    {
        BffTelemetry.CountSignIn(refusal.Outcome);
        ProtocolSpan.Refused(refusal.Outcome, refusal.Reason);
        if (mode is not SignInMode.Visible && refusal.NeedsPerson)
        {
            LogNeedsPerson(refusal.Outcome);
            return mode is SignInMode.SilentFrame ? new SilentPage(refusal.Outcome) : new SeeOther(returnUrl ?? "/");
        }

        var correlationId = BffTelemetry.CorrelationId(http);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, refusal.Outcome);
        LogRefused(refusal.Outcome, refusal.Reason, correlationId);
        return mode is SignInMode.SilentFrame
            ? new SilentPage(SilentPage.Failed)
            : new ErrorPage(refusal.Status, refusal.Title, refusal.Explanation, correlationId);
    }

    [LoggerMessage(LogLevel.Information, "A sign-in succeeded.")]
    private partial void LogSignedIn();

    [LoggerMessage(LogLevel.Information, "A silent sign-in changed nothing: {Outcome}.")]
    private partial void LogNeedsPerson(string outcome);

    [LoggerMessage(LogLevel.Warning, "A sign-in ended without a session ({Outcome}): {Reason}. Correlation id {CorrelationId}.")]
    private partial void LogRefused(string outcome, string reason, string correlationId);
}
