using Microsoft.Extensions.Options;
using Platform.Sessions;
using Platform.Sessions.Listing;
using Platform.Sessions.Sealed;

namespace Platform.Bff.Session.Listing;

/// <summary>One of the caller's sessions, for the page.</summary>
internal sealed record ListedSessionView(
    string Id, bool Current, DateTimeOffset? CreatedAt, DateTimeOffset SeenAt, DateTimeOffset IdleExpiresAt, DateTimeOffset ExpiresAt,
    string? Browser, string? System, string? Network);

internal sealed record EndedView(int Ended);

/// <summary>The caller's own sessions: to see where one is signed in, and to sign out there.</summary>
internal sealed partial class SessionListEndpoints(
    CurrentSession current, ISessions sessions, SessionList list, IOptions<SessionsOptions> options,
    IOptions<SessionModeOptions> mode, ILogger<SessionListEndpoints> logger)
{
    public Task<IResult> List(HttpContext http, CancellationToken cancellationToken) => WithMine(http, (session, mine) =>
        Task.FromResult<IResult>(TypedResults.Ok(mine.Select(each => View(each, session)).ToList())), cancellationToken);

    /// <summary>Somebody else's session and one that never was are answered alike.</summary>
    public Task<IResult> End(HttpContext http, string id, CancellationToken cancellationToken) => WithMine(http, async (session, mine) =>
    {
        if (mine.FirstOrDefault(each => each.Id == id) is not { } named || await EndAsync([named], cancellationToken) == 0)
        {
            return TypedResults.Problem(
                title: "No such session", detail: "None of your sessions has this id.", statusCode: StatusCodes.Status404NotFound);
        }

        if (named.Key == session.Key)
        {
            SessionCookie.Delete(http);
        }

        return TypedResults.NoContent();
    }, cancellationToken);

    public Task<IResult> EndOthers(HttpContext http, CancellationToken cancellationToken) => WithMine(http, async (session, mine) =>
        TypedResults.Ok(new EndedView(await EndAsync(mine.Where(each => each.Key != session.Key), cancellationToken))), cancellationToken);

    private async Task<IResult> WithMine(
        HttpContext http, Func<LiveSession, IReadOnlyList<ListedSession>, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (mode.Value.Mode is SessionModeOptions.Stateless)
        {
            return TypedResults.Problem(
                title: "No list", detail: "Sessions are kept by browsers alone here.", statusCode: StatusCodes.Status404NotFound);
        }

        return await current.FindAsync(http, isUse: true, cancellationToken) is { Record: var record } session
            ? await answer(session, await list.ReadAsync(record.Issuer, record.Subject, cancellationToken))
            : CurrentSession.None();
    }

    private async Task<int> EndAsync(IEnumerable<ListedSession> chosen, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in chosen)
        {
            if (await sessions.EndByKeyAsync(session.Key, cancellationToken))
            {
                BffTelemetry.CountEnded("from_list");
                ended++;
            }
        }

        LogEnded(ended);
        return ended;
    }

    private ListedSessionView View(ListedSession session, LiveSession current) => new(
        session.Id, session.Key == current.Key, session.CreatedAt, session.SeenAt, IdleEnd(session), session.ExpiresAt,
        session.Device?.Browser, session.Device?.System, session.Device?.Network);

    private DateTimeOffset IdleEnd(ListedSession session) =>
        session.SeenAt + options.Value.IdleLifetime is var idle && idle < session.ExpiresAt ? idle : session.ExpiresAt;

    [LoggerMessage(LogLevel.Information, "A person ended {Ended} of their sessions from the list.")]
    private partial void LogEnded(int ended);
}
