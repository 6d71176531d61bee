using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Bff.Provider;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.AccessTokens;

/// <summary>
/// The access tokens of sessions. One that is about to expire is replaced before it is used; however many calls on however
/// many replicas need it at the same time, the provider is asked once.
/// </summary>
internal sealed partial class SessionAccessTokens(
    ISessions sessions, SessionLock turns, RefreshGrant refresh, IOptions<AccessTokenOptions> options,
    TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SessionAccessTokens> logger)
{
    private readonly ConcurrentDictionary<(string Session, string Name), Lazy<Task<TokenAnswer>>> _flights = new();

    public ValueTask<TokenAnswer> GetAsync(LiveSession session, RouteToken wanted, CancellationToken cancellationToken) =>
        Usable(session, wanted) is { } token
            ? ValueTask.FromResult<TokenAnswer>(new TokenAnswer.Valid(token, session))
            : new(JoinAsync(session, wanted).WaitAsync(cancellationToken));

    private SessionAccessToken? Usable(LiveSession session, RouteToken wanted) =>
        session.Tokens.AccessTokens.TryGetValue(wanted.Name, out var token) &&
        clock.GetUtcNow() < token.ExpiresAt - (session.CanRefresh ? options.Value.RefreshBefore : TimeSpan.Zero)
            ? token
            : null;

    // Nobody who waits can cancel it for the others.
    private Task<TokenAnswer> JoinAsync(LiveSession session, RouteToken wanted) => _flights.GetOrAdd(
        (session.Key, wanted.Name),
        name => new Lazy<Task<TokenAnswer>>(() => FlyAsync(name, session.Handle, wanted))).Value;

    private async Task<TokenAnswer> FlyAsync((string Session, string Name) name, string handle, RouteToken wanted)
    {
        try
        {
            var answer = await ReplaceAsync(name.Session, handle, wanted, lifetime.ApplicationStopping);
            Record(answer);
            return answer;
        }
        finally
        {
            _flights.TryRemove(name, out _);
        }
    }

    // 1 our turn  2 as it is now: another replica may have been faster  3 the grant  4 kept, unless the session ended
    private async Task<TokenAnswer> ReplaceAsync(
        string key, string handle, RouteToken wanted, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(key, cancellationToken);
        if (await sessions.ReadAsync(handle, cancellationToken) is not { } session)
            return new TokenAnswer.Over("the session has ended");
        if (Usable(session, wanted) is { } token)
            return new TokenAnswer.Valid(token, session);
        if (session.Tokens.RefreshToken is not { } refreshToken)
            return wanted.Name.Length == 0
                ? await EndAsync(session, "the access token has expired, and there is no refresh token", cancellationToken)
                : new TokenAnswer.Refused("the session has no refresh token to get this access token with");

        try
        {
            return await refresh.RefreshAsync(refreshToken, wanted, cancellationToken) switch
            {
                ProviderAnswer.Success answer => await KeepAsync(session, wanted, answer, cancellationToken),

                // RFC 6749 section 5.2: revoked, expired, used by somebody else. Whoever says "signed in" would be wrong.
                ProviderAnswer.Refused { Error: "invalid_grant" } invalid => await EndAsync(session, invalid.Reason, cancellationToken),

                // RFC 6749 section 5.2, RFC 8707 section 2: this route asks for too much; the others are not concerned.
                ProviderAnswer.Refused { Error: "invalid_scope" or "invalid_target" } refused => new TokenAnswer.Refused(refused.Reason),
                ProviderAnswer.Refused refused => Last(session, wanted, refused.Reason),
                ProviderAnswer.Unavailable away => Last(session, wanted, away.Reason),
                _ => throw new UnreachableException(),
            };
        }
        catch (ProviderUnavailableException away)
        {
            return Last(session, wanted, away.Message);
        }
    }

    private async Task<TokenAnswer> KeepAsync(
        LiveSession session, RouteToken wanted, ProviderAnswer.Success answer, CancellationToken cancellationToken)
    {
        if (GrantedTokens.Read(answer, clock.GetUtcNow()) is not { } granted)
            return new TokenAnswer.Unavailable("the token response has no access token of a type that is understood");

        var tokens = session.Tokens.With(wanted.Name, granted.AccessToken) with
        {
            RefreshToken = granted.RefreshToken ?? session.Tokens.RefreshToken,
        };
        var update = await sessions.UpdateAsync(session, tokens, cancellationToken);
        var current = await sessions.ReadAsync(session.Handle, cancellationToken);
        return update switch
        {
            TokensUpdate.Stored => new TokenAnswer.Valid(granted.AccessToken, current ?? session),
            TokensUpdate.TooLarge => new TokenAnswer.Unavailable("the tokens do not fit into cookies: set Bff:Sessions:Mode to stateful or hybrid"),

            // Our lease was lost, and another replica was faster: its tokens count.
            TokensUpdate.Overtaken when current is not null => Last(current, wanted, "another replica changed the tokens meanwhile"),
            _ => new TokenAnswer.Over("the session ended while its token was refreshed"),
        };
    }

    // It is about to expire, but has not: better than a failure.
    private TokenAnswer Last(LiveSession session, RouteToken wanted, string reason) =>
        session.Tokens.AccessTokens.TryGetValue(wanted.Name, out var token) && clock.GetUtcNow() < token.ExpiresAt
            ? new TokenAnswer.Valid(token, session)
            : new TokenAnswer.Unavailable(reason);

    private async Task<TokenAnswer> EndAsync(LiveSession session, string reason, CancellationToken cancellationToken)
    {
        if (await sessions.EndByKeyAsync(session.Key, cancellationToken))
        {
            BffTelemetry.CountEnded("refresh_failed");
        }

        return new TokenAnswer.Over(reason);
    }

    private void Record(TokenAnswer answer)
    {
        var (outcome, reason) = answer switch
        {
            TokenAnswer.Over over => ("session_over", over.Reason),
            TokenAnswer.Refused refused => ("refused", refused.Reason),
            TokenAnswer.Unavailable away => ("unavailable", away.Reason),
            _ => ("valid", null),
        };
        BffTelemetry.CountRefresh(outcome);
        if (reason is not null)
        {
            LogNone(outcome, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "There is no access token for a call ({Outcome}): {Reason}")]
    private partial void LogNone(string outcome, string reason);
}
