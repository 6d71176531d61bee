namespace Platform.IdP.Interaction;

/// <summary>
/// The browser's handle of its SSO session. The __Host- prefix keeps other hosts and plain HTTP from setting it.
/// </summary>
internal sealed class SsoCookie(SsoSessionStore sessions, BackchannelLogout backchannel, AuditLog audit)
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
        var former = await FindAsync(http.Request);
        var notifications = former is not null && former.Subject != authentication.Subject
            ? await backchannel.PrepareAsync(former.Subject, former.SessionId)
            : [];
        var (handle, session) = await sessions.StartAsync(authentication, http.Request.Cookies[Name]);
        _ = backchannel.SendAsync(notifications);
        if (former is not null && former.Subject != authentication.Subject)
        {
            audit.SessionEnded(former.Subject, former.SessionId, "another's sign-in");
        }

        http.Response.Cookies.Append(Name, handle, Options);
        return session;
    }

    public async Task EndAsync(HttpContext http)
    {
        if (http.Request.Cookies[Name] is { Length: > 0 } handle && await sessions.FindAsync(handle) is { } session)
        {
            await sessions.EndAsync(handle, session);
        }

        http.Response.Cookies.Delete(Name, Options);
    }
}
