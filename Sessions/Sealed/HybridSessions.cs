using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Sessions.Lookup;
using StackExchange.Redis;

namespace Platform.Sessions.Sealed;

/// <summary>
/// Sessions whose cookie holds identity and access tokens for a while, and then what their record in Redis is read with;
/// refresh token and ID token never leave it. That the record is still there is known in memory, as in
/// <see cref="SessionLookup"/>: deleting it ends the session at once and not only when the cookie is renewed.
/// </summary>
internal sealed class HybridSessions(
    IConnectionMultiplexer redis, SessionStore store, HandleSeal seal, CertainMemory memory, SessionEndings publications,
    IOptions<SessionsOptions> options, IOptions<SessionModeOptions> mode, TimeProvider clock) : ISessions
{
    private static readonly RedisValue[] Changes = ["version", "claims", "refresh", "step_up"];

    /// <inheritdoc/>
    public async ValueTask<LiveSession?> FindAsync(string handle, bool isUse, CancellationToken cancellationToken)
    {
        var session = memory.Find(handle) is { } known && IsFresh(known) ? known : await OpenAsync(handle, cancellationToken);
        var now = clock.GetUtcNow();
        if (session is null || !isUse || !options.Value.IsUseWorthNoting(session.SeenAt, now))
        {
            return session;
        }

        if (!await store.TouchAsync(session, cancellationToken))
        {
            memory.Forget(session.Key);
            return null;
        }

        return Seal(session.Seen(now), session.SealedAt);
    }

    /// <inheritdoc/>
    public async ValueTask<LiveSession?> ReadAsync(string handle, CancellationToken cancellationToken) =>
        seal.Open(handle) is { Id: var id } ? await RenewAsync(id, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<SessionCreation> CreateAsync(SessionRecord record, SessionTokens tokens, CancellationToken cancellationToken)
    {
        // Every id is as long as this one.
        if (seal.Seal(new(new string('0', SessionStore.HandleLength), record, new(), 0, default, default, CanRefresh: false)) is null)
        {
            return new SessionCreation.TooLarge("what the ID token says of the user does not fit into cookies");
        }

        switch (await store.CreateAsync(record, tokens, cancellationToken))
        {
            case SessionCreation.Created { Handle: var id }:
                return await RenewAsync(id, cancellationToken) is { } session
                    ? new SessionCreation.Created(session.Handle)
                    : new SessionCreation.Revoked("the session was ended as soon as it began");
            case var refused:
                return refused;
        }
    }

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

    // What the cookie says, if its record is still there; the record itself when the cookie has grown old.
    private async Task<LiveSession?> OpenAsync(string handle, CancellationToken cancellationToken)
    {
        if (seal.Open(handle) is not { } content)
        {
            return null;
        }

        var session = content.Live(handle, (key, _) => [key]);
        if (!IsFresh(session))
        {
            return await RenewAsync(content.Id, cancellationToken);
        }

        var mark = memory.Mark(session.Names);
        var found = await redis.GetDatabase().HashGetAsync(SessionKeys.Session(session.Key), Changes).WaitAsync(cancellationToken);
        if (found is not [{ IsNull: false }, var claims, var refresh, var stepUp])
        {
            return null;
        }

        // Its claims have changed since the cookie was sealed.
        if (!claims.IsNull && (long)claims > session.Version)
        {
            return await RenewAsync(content.Id, cancellationToken);
        }

        session = session.Demanding(SessionDemands.Of(refresh, stepUp));
        memory.Keep(handle, session, mark);
        return session;
    }

    private async Task<LiveSession?> RenewAsync(string id, CancellationToken cancellationToken)
    {
        var mark = memory.Mark(SessionStore.KeyOf(id));
        if (await store.FindAsync(id, cancellationToken) is not { } stored)
        {
            return null;
        }

        var session = Seal(stored, clock.GetUtcNow());
        memory.Keep(session.Handle, session, mark);
        return session;
    }

    /// <summary>Under a handle with as many of the access tokens as fit: all of them, or none.</summary>
    private LiveSession Seal(LiveSession session, DateTimeOffset sealedAt)
    {
        var bare = new SessionTokens { RefreshedAt = session.Tokens.RefreshedAt };
        var content = new SealedSession(
            session.Id, session.Record, bare with { AccessTokens = session.Tokens.AccessTokens }, session.Version, session.SeenAt,
            sealedAt, session.CanRefresh);
        var handle = seal.Seal(content) ?? seal.Seal(content with { Tokens = bare }) ??
            throw new UnreachableException("A record without tokens does not fit into cookies.");
        return new LiveSession(handle, session.Record, session.Tokens, session.Version, session.SeenAt, session.Id)
        {
            CanRefresh = session.CanRefresh,
            SealedAt = sealedAt,
            Demands = session.Demands,
        };
    }

    private bool IsFresh(LiveSession session) =>
        clock.GetUtcNow() is var now && now < session.SealedAt + mode.Value.SealedFor && options.Value.IsAlive(session, now);
}
