using Platform.Sessions;

namespace Platform.Bff.Session;

/// <summary>The session that a request belongs to.</summary>
internal sealed class CurrentSession(SessionStore store)
{
    public async ValueTask<SessionRecord?> FindAsync(HttpRequest request, CancellationToken cancellationToken) =>
        SessionCookie.Read(request) is { } handle ? await store.FindAsync(handle, cancellationToken) : null;

    // The cookie stays: by the time this answer arrives, another tab may have signed in and replaced it.
    public static IResult None() => TypedResults.Problem(
        title: "Not signed in", detail: "There is no session, or it has ended.", statusCode: StatusCodes.Status401Unauthorized);
}
