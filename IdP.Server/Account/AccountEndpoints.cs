using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Account.Views;

namespace Platform.IdP.Account;

/// <summary>Where a person sees and ends her sessions, consents and credentials.</summary>
internal static class AccountEndpoints
{
    public const string Path = "/account";
    public const string EndSessionPath = Path + "/sessions/end";
    public const string EndOthersPath = Path + "/sessions/end-others";
    public const string WithdrawPath = Path + "/consents/withdraw";

    // A word of the address, never a text of its own: nobody can put words on this page by a link.
    private static string? TextOf(string? outcome) => outcome switch
    {
        "session" => AccountTexts.DoneSession,
        "sessions" => AccountTexts.DoneSessions,
        "consent" => AccountTexts.DoneConsent,
        "password" => AccountTexts.DonePassword,
        "app" => AccountTexts.DoneApp,
        "app-removed" => AccountTexts.DoneAppRemoved,
        "passkey" => AccountTexts.DonePasskey,
        "passkey-removed" => AccountTexts.DonePasskeyRemoved,
        _ => null,
    };

    public static string After(string outcome) => $"{Path}?done={outcome}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(EndSessionPath, EndSession).WithMetadata(new AnswersPages());
        routes.MapPost(EndOthersPath, EndOthers).WithMetadata(new AnswersPages());
        routes.MapPost(WithdrawPath, Withdraw).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, string? done, AccountRequests requests, AccountViews views, CancellationToken cancellationToken)
    {
        var check = await requests.OpenAsync(http);
        if (check is not AccountCheck.Valid valid)
            return ((AccountCheck.Answered)check).Result;

        var view = await views.MakeAsync(
            valid, requests.NewFormToken(http), TextOf(done), cancellationToken);
        return new RazorComponentResult<AccountPage>(new Dictionary<string, object?> { [nameof(AccountPage.View)] = view });
    }

    internal static async Task<IResult> EndSession(
        HttpContext http, AccountRequests requests, SsoSessionStore sessions, SessionEnding ending,
        FrontchannelLogout frontchannel, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken);
        if (check is not AccountCheck.Valid { Form: { } form } valid)
            return ((AccountCheck.Answered)check).Result;

        // Another person's session is as unknown as one that has ended.
        if (form["session"] is not { } id || (await sessions.FindBySessionIdAsync(id))?.Subject != valid.Session.Subject)
            return Pages.Error("invalid_request", AccountTexts.SessionEnded);

        var frames = await frontchannel.FramesAsync(id);
        await ending.EndAsync(valid.Session.Subject, id);
        if (id != valid.Session.SessionId)
            return new SeeOther(After("session"));

        SsoCookie.Forget(http);
        return new SignedOut(null, null, frames);
    }

    internal static async Task<IResult> EndOthers(
        HttpContext http, AccountRequests requests, SessionEnding ending, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken);
        if (check is not AccountCheck.Valid valid)
            return ((AccountCheck.Answered)check).Result;

        await ending.EndOthersAsync(valid.Session);
        return new SeeOther(After("sessions"));
    }

    internal static async Task<IResult> Withdraw(
        HttpContext http, AccountRequests requests, ConsentStore consents, AuthorizationGrantStore grants,
        AuditLog audit, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken);
        if (check is not AccountCheck.Valid { Form: { } form } valid)
            return ((AccountCheck.Answered)check).Result;
        if (form["client"] is not { } client)
            return Pages.Error("invalid_request", AccountTexts.NoClient);

        // The consent first: a request in flight then asks again instead of making another grant.
        await consents.WithdrawAsync(valid.Session.Subject, client);
        foreach (var grant in (await grants.ListAsync(valid.Session.Subject)).Where(grant => grant.ClientId == client))
        {
            await grants.RevokeAsync(grant.Id);
        }

        audit.ConsentWithdrawn(valid.Session.Subject, client);
        return new SeeOther(After("consent"));
    }
}
