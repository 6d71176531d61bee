using Microsoft.AspNetCore.Antiforgery;

namespace Platform.IdP.Logout;

/// <summary>
/// Signs out at once when the client shows the ID token of the very session, or when there is none;
/// asks the person otherwise, so that a link on any page cannot sign anybody out.
/// </summary>
internal sealed partial class LogoutFlow(
    LogoutValidator validator, LogoutRequestStore requests, SsoCookie cookie, ClientRegistry clients,
    SessionRevoker revoker, BackchannelLogout backchannel, FrontchannelLogout frontchannel, IAntiforgery antiforgery, AuditLog audit,
    ILogger<LogoutFlow> logger)
{
    public Task<IResult> BeginAsync(HttpContext http, ParametersCheck parameters) => Check(parameters) switch
    {
        LogoutCheck.Valid valid => ContinueAsync(http, valid.Request, id: null),
        LogoutCheck.Refused refused => Task.FromResult(Refuse(refused)),
        _ => throw new InvalidOperationException(),
    };

    // The session cookie does not come with another site's POST, but with the GET that follows.
    public async Task<IResult> BeginByPostAsync(ParametersCheck parameters) => Check(parameters) switch
    {
        LogoutCheck.Valid valid =>
            new SeeOther($"{LogoutEndpoints.ConfirmPath}?request={await requests.SaveAsync(valid.Request)}"),
        LogoutCheck.Refused refused => Refuse(refused),
        _ => throw new InvalidOperationException(),
    };

    public async Task<IResult> ResumeAsync(HttpContext http, string? id) =>
        id is not null && await requests.FindAsync(id) is { } request
            ? await ContinueAsync(http, request, id)
            : Pages.Error("invalid_request", LogoutTexts.Outdated);

    public async Task<IResult> ConfirmAsync(HttpContext http, ParametersCheck parameters)
    {
        if (parameters is not ParametersCheck.Valid { Parameters: var form } ||
            !await antiforgery.IsRequestValidAsync(http) ||
            form["request"] is not { } id || await requests.FindAsync(id) is not { } request)
        {
            return Pages.Error("invalid_request", LogoutTexts.Outdated);
        }

        AllowRedirect(http, request);
        return await EndAsync(http, request);
    }

    private LogoutCheck Check(ParametersCheck parameters) => parameters switch
    {
        ParametersCheck.Valid valid => validator.Check(valid.Parameters),
        ParametersCheck.Refused refused => new LogoutCheck.Refused(refused.Description),
        _ => throw new InvalidOperationException(),
    };

    private async Task<IResult> ContinueAsync(HttpContext http, LogoutRequest request, string? id)
    {
        var session = await cookie.FindAsync(http.Request);
        if (session is null || session.SessionId == request.SessionId)
        {
            return await EndAsync(http, request);
        }

        AllowRedirect(http, request);
        return Pages.ConfirmLogout(id ?? await requests.SaveAsync(request), clients.Find(request.ClientId)?.Name,
            antiforgery.GetAndStoreTokens(http).RequestToken!);
    }

    private IResult Refuse(LogoutCheck.Refused refused)
    {
        LogRefused(refused.Description);
        ProtocolSpan.Refused("invalid_request", refused.Description);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "end_session"), new("error", "invalid_request"));
        return Pages.Fault("invalid_request", refused.Description);
    }

    private async Task<IResult> EndAsync(HttpContext http, LogoutRequest request)
    {
        IReadOnlyList<LogoutFrame> frames = [];
        if (await cookie.FindAsync(http.Request) is { } session)
        {
            frames = await frontchannel.FramesAsync(session.SessionId);
            var revoked = await revoker.EndAsync(
                new SessionEnd(session.Subject, session.SessionId, EventCause.User("The user signed out.")));
            audit.SignedOut(session);
            await backchannel.SendPatientlyAsync(revoked!.Notifications);
        }

        SsoCookie.Forget(http);
        return new SignedOut(request, clients.Find(request.ClientId)?.Name, frames);
    }

    // Only where a redirect may follow.
    private static void AllowRedirect(HttpContext http, LogoutRequest request)
    {
        if (request is { HasHint: true, PostLogoutRedirectUri: { } address })
        {
            http.Response.AllowFormRedirect(address);
        }
    }

    [LoggerMessage(LogLevel.Information, "A request to sign out was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
