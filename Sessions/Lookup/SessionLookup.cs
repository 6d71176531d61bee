using Microsoft.Extensions.Options;

namespace Platform.Sessions.Lookup;

/// <summary>
/// Finds the session of a request: in memory as long as it is certain that none has ended unheard, else in Redis. A session
/// that was revoked is not found 100 ms after the revocation has returned, whatever is broken.
/// </summary>
public sealed class SessionLookup : ISessions, IDisposable
{
    // Writing each use would cost more than it tells.
    private const int TouchesPerIdleLifetime = 20;

    private readonly SessionStore _store;
    private readonly EndingSequence _endings;
    private readonly TimeProvider _clock;
    private readonly SessionsOptions _options;
    private readonly SessionMemory _memory;
    private readonly SessionEndings _publications;
    private readonly IDisposable _hearing;

    internal SessionLookup(
        SessionStore store, SessionEndings publications, EndingSequence endings, IOptions<SessionsOptions> options, TimeProvider clock)
    {
        (_store, _publications, _endings, _clock, _options) = (store, publications, endings, clock, options.Value);
        _memory = new SessionMemory(_options.MostInMemory);
        _endings.Missed += _memory.ForgetAll;
        _endings.Missed += publications.CheckAll;
        _hearing = publications.OnEveryEnding(ended =>
        {
            foreach (var key in ended.Keys)
            {
                _memory.Forget(key);
            }

            _endings.Hear(ended.Number);
        });
    }

    /// <inheritdoc/>
    public async ValueTask<LiveSession?> FindAsync(string handle, bool isUse, CancellationToken cancellationToken)
    {
        var session = Remembered(handle) ?? await ReadAsync(handle, cancellationToken);
        if (session is null || !isUse || _clock.GetUtcNow() < session.SeenAt + (_options.IdleLifetime / TouchesPerIdleLifetime))
        {
            return session;
        }

        var mark = _memory.Mark(session.Key);
        if (!await _store.TouchAsync(session, cancellationToken))
        {
            _memory.Forget(session.Key);
            return null;
        }

        session = session.Seen(_clock.GetUtcNow());
        _memory.Keep(session, mark);
        return session;
    }

    /// <inheritdoc/>
    public async ValueTask<LiveSession?> ReadAsync(string handle, CancellationToken cancellationToken)
    {
        var mark = _memory.Mark(SessionStore.KeyOf(handle));
        var session = await _store.FindAsync(handle, cancellationToken);
        if (session is not null)
        {
            _memory.Keep(session, mark);
        }

        return session;
    }

    /// <inheritdoc/>
    public Task<SessionCreation> CreateAsync(SessionRecord record, SessionTokens tokens, CancellationToken cancellationToken) =>
        _store.CreateAsync(record, tokens, cancellationToken);

    /// <inheritdoc/>
    public Task<TokensUpdate> UpdateAsync(LiveSession session, SessionTokens tokens, CancellationToken cancellationToken) =>
        _store.UpdateAsync(session, tokens, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> EndAsync(string handle, CancellationToken cancellationToken) =>
        EndByKeyAsync(SessionStore.KeyOf(handle), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> EndByKeyAsync(string key, CancellationToken cancellationToken)
    {
        var ended = await _store.EndByKeyAsync(key, cancellationToken);
        _memory.Forget(key);
        return ended;
    }

    /// <inheritdoc/>
    public IDisposable OnEnded(LiveSession session, Action ended)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _publications.OnEnded(session.Key, ended);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hearing.Dispose();
        _endings.Missed -= _memory.ForgetAll;
        _endings.Missed -= _publications.CheckAll;
        _memory.Dispose();
    }

    private LiveSession? Remembered(string handle)
    {
        if (!_endings.IsCurrent || _memory.Find(SessionStore.KeyOf(handle)) is not { } session)
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        return now < session.Record.ExpiresAt && now < session.SeenAt + _options.IdleLifetime ? session : null;
    }
}
