using Microsoft.Extensions.Options;

namespace Platform.IdP.Account;

/// <summary>
/// Lets a person in to her own pages: signed in, lately where a credential is at stake, and with a form that was served to
/// this very browser.
/// </summary>
internal sealed class AccountRequests(
    SsoCookie cookie, UserDirectory users, LocalSignIn signIn, InteractionRequests interactions,
    IOptions<CredentialOptions> options, TimeProvider clock)
{
    public async Task<AccountCheck> OpenAsync(HttpContext http, bool recent = false)
    {
        var path = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path.Value! : AccountEndpoints.Path;
        if (await cookie.FindAsync(http.Request) is not { } session || users.FindBySubject(session.Subject) is not { } user)
        {
            return new AccountCheck.Answered(await signIn.BeginAsync(path, AccountTexts.ManageAccount));
        }

        // Whoever finds a browser unlocked does not lock its owner out.
        return recent && clock.GetUtcNow() - session.AuthenticatedAt > options.Value.RecentSignIn
            ? new AccountCheck.Answered(await signIn.BeginAsync(path, AccountTexts.ConfirmYou))
            : new AccountCheck.Valid(session, user, null);
    }

    public async Task<AccountCheck> SubmitAsync(HttpContext http, CancellationToken cancellationToken, bool recent = false)
    {
        var check = await OpenAsync(http, recent);
        if (check is not AccountCheck.Valid valid)
            return check;
        if (await RequestParameters.ReadFormAsync(http.Request, cancellationToken) is not { } form ||
            !await interactions.IsOwnFormAsync(http))
            return new AccountCheck.Answered(Pages.Error("invalid_request", AccountTexts.OutdatedForm));

        return valid with { Form = form };
    }

    public string NewFormToken(HttpContext http) => interactions.NewFormToken(http);
}

internal abstract record AccountCheck
{
    /// <param name="Form">Null where a page is only opened.</param>
    public sealed record Valid(SsoSession Session, User User, RequestParameters? Form) : AccountCheck;

    public sealed record Answered(IResult Result) : AccountCheck;
}
