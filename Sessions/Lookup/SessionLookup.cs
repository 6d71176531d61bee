using Microsoft.Extensions.Options;

namespace Platform.Sessions.Lookup;

/// <summary>
/// Finds the session of a request: in memory as long as it is certain that none has ended unheard, else in Redis. A session
/// that was revoked is not found 100 ms after the revocation has returned, whatever is broken.
/// </summary>
internal sealed class SessionLookup(
    SessionStore store, SessionEndings publications, CertainMemory memory, IOptions<SessionsOptions> options, TimeProvider clock)
    : ISessions
{
    /// <inheritdoc/>
    public async ValueTask<LiveSession?> FindAsync(string handle, bool isUse, CancellationToken cancellationToken)
    {
        // Before it is read, so that what is demanded of it from then on is not overwritten by what was read.
        var mark = memory.Mark(SessionStore.KeyOf(handle));
        var session = Remembered(handle) ?? await ReadAsync(handle, cancellationToken);
        if (session is null || !isUse || !options.Value.IsUseWorthNoting(session.SeenAt, clock.GetUtcNow()))
        {
            return session;
        }

        if (!await store.TouchAsync(session, cancellationToken))
        {
            memory.Forget(session.Key);
            return null;
        }

        session = session.Seen(clock.GetUtcNow());
        memory.Keep(session.Key, session, mark);
        return session;
    }

    /// <inheritdoc/>
    public ValueTask<LiveSession?> FindAgainAsync(LiveSession session, CancellationToken cancellationToken) =>
        memory.Find(session.Key) == session ? new(session) : FindAsync(session.Handle, isUse: false, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LiveSession?> ReadAsync(string handle, CancellationToken cancellationToken)
    {
        var mark = memory.Mark(SessionStore.KeyOf(handle));
        var session = await store.FindAsync(handle, cancellationToken);
        if (session is not null)
        {
            memory.Keep(session.Key, session, mark);
        }

        return session;
    }

    /// <inheritdoc/>
    public Task<SessionCreation> CreateAsync(SessionRecord record, SessionTokens tokens, CancellationToken cancellationToken) =>
        store.CreateAsync(record, tokens, cancellationToken);

    /// <inheritdoc/>
    public Task<TokensUpdate> UpdateAsync(LiveSession session, SessionTokens tokens, CancellationToken cancellationToken) =>
        store.UpdateAsync(session, tokens, cancellationToken);

    /// <inheritdoc/>
    public Task<TokensUpdate> RefreshAsync(
        LiveSession session, SessionTokens tokens, SessionRecord record, CancellationToken cancellationToken) =>
        store.RefreshAsync(session, tokens, record, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> EndByKeyAsync(string key, CancellationToken cancellationToken)
    {
        var ended = await store.EndByKeyAsync(key, cancellationToken);
        memory.Forget(key);
        return ended;
    }

    /// <inheritdoc/>
    public IDisposable OnChanged(LiveSession session, Action changed) => publications.OnSuspicion(session.Names, changed);

    /// <inheritdoc/>
    public IDisposable OnEnded(LiveSession session, Action ended) => publications.OnEnded(session.Key, ended);

    private LiveSession? Remembered(string handle) =>
        memory.Find(SessionStore.KeyOf(handle)) is { } session && options.Value.IsAlive(session, clock.GetUtcNow()) ? session : null;
}
