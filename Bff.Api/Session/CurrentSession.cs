using Platform.Sessions;

namespace Platform.Bff.Session;

/// <summary>The session that a request belongs to.</summary>
internal sealed class CurrentSession(ISessions sessions)
{
    /// <param name="isUse">Whether the person does something: a page that asks for itself does not prolong the session.</param>
    public ValueTask<LiveSession?> FindAsync(HttpContext http, bool isUse, CancellationToken cancellationToken) =>
        SessionCookie.Read(http.Request) is { } handle ? FindAsync(http, handle, isUse, cancellationToken) : default;

    /// <summary>The answer takes the session's handle along, if it is another one than the request came with.</summary>
    public static void Carry(HttpContext http, LiveSession session) => Carry(http, session, SessionCookie.Read(http.Request));

    // The cookie stays: by the time this answer arrives, another tab may have signed in and replaced it.
    public static IResult None() => TypedResults.Problem(
        title: "Not signed in", detail: "There is no session, or it has ended.", statusCode: StatusCodes.Status401Unauthorized);

    private async ValueTask<LiveSession?> FindAsync(HttpContext http, string handle, bool isUse, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(handle, isUse, cancellationToken);
        if (session is not null)
        {
            Carry(http, session, handle);
        }

        return session;
    }

    private static void Carry(HttpContext http, LiveSession session, string? handle)
    {
        if (session.Handle != handle)
        {
            SessionCookie.Renew(http, session.Handle);
        }
    }
}
