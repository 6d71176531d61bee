using Platform.Sessions;

namespace Platform.Bff.Session;

/// <summary>The session that a request belongs to.</summary>
internal sealed class CurrentSession(ISessions sessions)
{
    /// <param name="isUse">Whether the person does something: a page that asks for itself does not prolong the session.</param>
    public ValueTask<LiveSession?> FindAsync(HttpRequest request, bool isUse, CancellationToken cancellationToken) =>
        SessionCookie.Read(request) is { } handle ? sessions.FindAsync(handle, isUse, cancellationToken) : default;

    // The cookie stays: by the time this answer arrives, another tab may have signed in and replaced it.
    public static IResult None() => TypedResults.Problem(
        title: "Not signed in", detail: "There is no session, or it has ended.", statusCode: StatusCodes.Status401Unauthorized);
}
