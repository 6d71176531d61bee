using Platform.Sessions;

namespace Platform.Bff.Session;

/// <summary>What the page may know of the session: who it is and how long it lasts. No token, no handle.</summary>
internal sealed record SessionView(
    string Subject,
    string? Name,
    string? Email,
    string? SessionId,
    DateTimeOffset AuthenticatedAt,
    DateTimeOffset ExpiresAt);

internal static class SessionEndpoints
{
    public static void AddSession(this WebApplicationBuilder builder)
    {
        builder.Services.AddSessions();
        builder.Services.AddSingleton<CurrentSession>();
        builder.Services.AddSingleton<SessionEvents>();
    }

    public static void MapSession(this IEndpointRouteBuilder auth)
    {
        auth.MapGet("/session", Show);
        auth.MapGet("/events", (HttpContext http, SessionEvents events) => events.StreamAsync(http));
    }

    internal static async Task<IResult> Show(
        HttpRequest request, CurrentSession current, CancellationToken cancellationToken) =>
        await current.FindAsync(request, cancellationToken) is { } session
            ? TypedResults.Ok(new SessionView(
                session.Subject, session.Name, session.Email, session.SessionId, session.AuthenticatedAt, session.ExpiresAt))
            : CurrentSession.None();
}
