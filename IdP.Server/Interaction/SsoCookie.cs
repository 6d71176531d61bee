namespace Platform.IdP.Interaction;

/// <summary>
/// The browser's handle of its SSO session. The __Host- prefix keeps other hosts and plain HTTP from setting it.
/// </summary>
internal sealed class SsoCookie(SsoSessionStore sessions, SessionRevoker revoker)
{
    public const string Name = "__Host-idp";

    // Lax: the browser comes here from the client's site.
    private static readonly CookieOptions Options = new()
    {
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    public async Task<SsoSession?> FindAsync(HttpRequest request) =>
        request.Cookies[Name] is { Length: > 0 } handle ? await sessions.FindAsync(handle) : null;

    public async Task<SsoSession> StartAsync(HttpContext http, Authentication authentication)
    {
        // One browser, one person: whoever signs in where another is signed in signs her out, and her clients are told.
        if (await FindAsync(http.Request) is { } former && former.Subject != authentication.Subject)
        {
            await revoker.RevokeAsync(new SessionEnd(
                former.Subject, former.SessionId, EventCause.User("Another person signed in with the same browser."))
            {
                By = "another's sign-in",
            });
        }

        var (handle, session) = await sessions.StartAsync(authentication, http.Request.Cookies[Name]);
        http.Response.Cookies.Append(Name, handle, Options);
        return session;
    }

    /// <summary>Takes the handle from the browser; the session has ended before.</summary>
    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Options);
}
