using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Platform.Sessions.Lookup;
using Platform.Sessions.Scripts;
using StackExchange.Redis;

namespace Platform.Sessions.Sealed;

/// <summary>
/// Sessions that are sealed into their cookies. Redis has the tombstones of those that were ended, and for a while the
/// newest tokens, for browsers that missed the answer with the new cookie: their old one holds a spent refresh token.
/// </summary>
internal sealed class StatelessSessions(
    IConnectionMultiplexer redis, HandleSeal seal, CertainMemory memory, SessionEndings publications, IOptions<SessionsOptions> options,
    TimeProvider clock) : ISessions
{
    private static readonly StoredScript Bury = StoredScript.OfEnding("bury");
    private static readonly StoredScript Renew = StoredScript.OfCalls("renew");

    /// <inheritdoc/>
    public async ValueTask<LiveSession?> FindAsync(string handle, bool isUse, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = memory.Find(handle) is { } known && options.Value.IsAlive(known, now)
            ? known
            : await ReadAsync(handle, cancellationToken);
        return session is not null && isUse && options.Value.IsUseWorthNoting(session.SeenAt, now)
            ? Reseal(session, session.Tokens, session.Version, now) ?? session
            : session;
    }

    // 1 of our making  2 not ended, and the newest there is  3 not expired  4 remembered, unless it ended meanwhile
    /// <inheritdoc/>
    public async ValueTask<LiveSession?> ReadAsync(string handle, CancellationToken cancellationToken)
    {
        if (seal.Open(handle) is not { } content)
        {
            return null;
        }

        var session = Live(content, handle);
        var mark = memory.Mark(session.Names);
        var (tombstones, demands) = (Tombstones.KeysOf(session), SessionDemands.NamesOf(session.Record));
        var found = await redis.GetDatabase()
            .StringGetAsync([.. tombstones, .. demands.Select(name => (RedisKey)name), SessionKeys.Renewed(session.Key)])
            .WaitAsync(cancellationToken);
        if (Tombstones.Refusal(found.AsSpan(..tombstones.Length), session.Record) is not null)
        {
            return null;
        }

        session = Newest(session, found[^1]);
        session = session.Demanding(SessionDemands.Of(found.AsSpan(tombstones.Length..^1), session.RefreshedFor));
        if (!options.Value.IsAlive(session, clock.GetUtcNow()))
        {
            return null;
        }

        memory.Keep(session.Handle, session, mark);
        return session;
    }

    /// <inheritdoc/>
    public async Task<SessionCreation> CreateAsync(SessionRecord record, SessionTokens tokens, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var content = new SealedSession(
            id, options.Value.Cut(record, now), tokens, Version: 0, SeenAt: now, SealedAt: now, tokens.RefreshToken is not null,
            RefreshedFor: record.AuthenticatedAt.ToUnixTimeMilliseconds() - 1); // what was demanded before is done
        if (seal.Seal(content) is not { } handle)
        {
            return new SessionCreation.TooLarge("the tokens of the sign-in do not fit into cookies");
        }

        // A revocation after this reading is found by the first request.
        var session = Live(content, handle);
        var found = await redis.GetDatabase().StringGetAsync(Tombstones.KeysOf(session)).WaitAsync(cancellationToken);
        return Tombstones.Refusal(found, record) is { } revoked
            ? new SessionCreation.Revoked(revoked)
            : new SessionCreation.Created(handle);
    }

    /// <inheritdoc/>
    public async Task<TokensUpdate> UpdateAsync(LiveSession session, SessionTokens tokens, CancellationToken cancellationToken)
    {
        // Rather the one token that is asked for now than all that ever were: the others can be had again.
        return (Reseal(session, tokens, session.Version + 1, session.SeenAt) ??
            Reseal(session, tokens.OnlyNewerThan(session.Tokens), session.Version + 1, session.SeenAt)) is { } next
                ? await StoreAsync(session, next, cancellationToken)
                : TokensUpdate.TooLarge;
    }

    /// <inheritdoc/>
    public async Task<TokensUpdate> RefreshAsync(
        LiveSession session, SessionTokens tokens, SessionRecord record, CancellationToken cancellationToken)
    {
        var content = ContentOf(session) with
        {
            Record = record,
            Tokens = tokens,
            Version = session.Version + 1,
            SealedAt = clock.GetUtcNow(),
            RefreshedFor = Math.Max(session.RefreshedFor, session.Demands.Refresh),
        };
        return seal.Seal(content) is { } handle
            ? await StoreAsync(session, Live(content, handle), cancellationToken)
            : TokensUpdate.TooLarge;
    }

    private async Task<TokensUpdate> StoreAsync(LiveSession session, LiveSession next, CancellationToken cancellationToken)
    {
        var stored = (int)await Renew.RunAsync(
            redis,
            [SessionKeys.Renewed(session.Key), .. Tombstones.KeysOf(session)],
            [
                session.Version,
                seal.SealForRedis(ContentOf(next)),
                (long)options.Value.IdleLifetime.TotalMilliseconds,
                session.Record.AuthenticatedAt.ToUnixTimeMilliseconds(),
            ],
            cancellationToken);
        return stored switch
        {
            1 => TokensUpdate.Stored,
            0 => TokensUpdate.Overtaken,
            _ => TokensUpdate.Gone,
        };
    }

    /// <inheritdoc/>
    public async Task<bool> EndByKeyAsync(string key, CancellationToken cancellationToken)
    {
        var ended = (int)await Bury.RunAsync(
            redis,
            [SessionKeys.Ended(key), SessionKeys.Endings],
            [
                key, (long)options.Value.LongestLifetime.TotalMilliseconds, clock.GetUtcNow().ToUnixTimeMilliseconds(),
                .. EndedMessage.EndArguments,
            ],
            cancellationToken);
        memory.Forget(key);
        return ended == 1;
    }

    /// <inheritdoc/>
    public IDisposable OnChanged(LiveSession session, Action changed) => publications.OnSuspicion(session.Names, changed);

    /// <inheritdoc/>
    public IDisposable OnEnded(LiveSession session, Action ended) =>
        publications.OnSuspicion(session.Names, () => _ = LookAgainAsync(session, ended));

    // A tombstone of the user ends only what is older than it.
    private async Task LookAgainAsync(LiveSession session, Action ended)
    {
        try
        {
            var found = await redis.GetDatabase().StringGetAsync(Tombstones.KeysOf(session));
            if (Tombstones.Refusal(found, session.Record) is not null)
            {
                ended();
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            // All are told to look again when the connection is back.
        }
    }

    private LiveSession Newest(LiveSession session, RedisValue stored) =>
        (string?)stored is { } text && seal.OpenFromRedis(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]) is { } newest &&
        newest.Version > session.Version
            ? Reseal(Live(newest, session.Handle), newest.Tokens, newest.Version, Later(newest.SeenAt, session.SeenAt)) ?? session
            : session;

    private LiveSession? Reseal(LiveSession session, SessionTokens tokens, long version, DateTimeOffset seenAt)
    {
        var content = ContentOf(session) with { Tokens = tokens, Version = version, SeenAt = seenAt, SealedAt = clock.GetUtcNow() };
        return seal.Seal(content) is { } handle ? Live(content, handle).Demanding(session.Demands) : null;
    }

    private static SealedSession ContentOf(LiveSession session) => new(
        session.Id, session.Record, session.Tokens, session.Version, session.SeenAt, session.SealedAt,
        session.Tokens.RefreshToken is not null, session.RefreshedFor);

    private static LiveSession Live(SealedSession content, string handle) => content.Live(
        handle, (key, record) => [.. Tombstones.NamesOf(key, record), .. SessionDemands.NamesOf(record)]);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
