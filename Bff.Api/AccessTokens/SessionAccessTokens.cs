using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Bff.AccessTokens.Grants;
using Platform.Bff.Provider;
using Platform.Bff.Signals;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.AccessTokens;

/// <summary>
/// The access tokens of sessions. One that is about to expire is replaced before it is used; however many calls on however
/// many replicas need it at the same time, the provider is asked once.
/// </summary>
internal sealed class SessionAccessTokens(
    ISessions sessions, SessionLock turns, OpenIdProviders providers, TokenRequests requests, RefreshedClaims claims,
    Confirmations confirmations, TokenLog log, IOptions<AccessTokenOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<(string Session, string Name), Lazy<Task<TokenAnswer>>> _flights = new();

    public ValueTask<TokenAnswer> GetAsync(LiveSession session, WantedToken wanted, CancellationToken cancellationToken) =>
        Usable(session, wanted) is { } token
            ? ValueTask.FromResult<TokenAnswer>(new TokenAnswer.Valid(token, session))
            : new(JoinAsync(session, wanted).WaitAsync(cancellationToken));

    /// <summary>One that the session has, that will not expire on its way, and that says what the issuer says now.</summary>
    public SessionAccessToken? Usable(LiveSession session, WantedToken wanted) =>
        !confirmations.NeedsRefresh(session) && session.Tokens.AccessTokens.TryGetValue(wanted.Name, out var token) &&
        clock.GetUtcNow() < token.ExpiresAt - (session.CanRefresh ? options.Value.RefreshBefore : TimeSpan.Zero)
            ? token
            : null;

    // Nobody who waits can cancel it for the others.
    private Task<TokenAnswer> JoinAsync(LiveSession session, WantedToken wanted) => _flights.GetOrAdd(
        (session.Key, wanted.Name),
        name => new Lazy<Task<TokenAnswer>>(() => FlyAsync(name, session.Handle, wanted))).Value;

    private async Task<TokenAnswer> FlyAsync((string Session, string Name) name, string handle, WantedToken wanted)
    {
        try
        {
            var answer = await ReplaceAsync(name.Session, handle, wanted, lifetime.ApplicationStopping);
            log.Record(answer);
            return answer;
        }
        finally
        {
            _flights.TryRemove(name, out _);
        }
    }

    // 1 our turn  2 as it is now: another replica may have been faster  3 the grant  4 kept, unless the session ended
    private async Task<TokenAnswer> ReplaceAsync(
        string key, string handle, WantedToken wanted, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(key, cancellationToken);
        if (await sessions.ReadAsync(handle, cancellationToken) is not { } session)
            return new TokenAnswer.Over("the session has ended");
        if (Usable(session, wanted) is { } token)
            return new TokenAnswer.Valid(token, session);
        if (providers.OfIssuer(session.Record.Issuer) is not { } provider)
            return await EndAsync(session, "its provider is no longer in the configuration", cancellationToken);
        if (await wanted.Grant.FormAsync(session, cancellationToken) is not { } form)
            return wanted.Name.Length == 0
                ? await EndAsync(session, "the access token has expired, and there is no refresh token", cancellationToken)
                : new TokenAnswer.Refused("the session has nothing to get this access token with");

        return await requests.PostAsync(provider, form, wanted.Target, cancellationToken) switch
        {
            GrantAnswer.Granted answer => confirmations.NeedsRefresh(session) && wanted == WantedToken.SignIn
                ? await RefreshAsync(session, provider, answer.Tokens, cancellationToken)
                : await KeepAsync(session, wanted, answer.Tokens, cancellationToken),
            GrantAnswer.Refused refused => wanted.Grant.Judge(refused.Error) switch
            {
                Refusal.OfSession => await EndAsync(session, refused.Reason, cancellationToken),
                Refusal.OfRoute => new TokenAnswer.Refused(refused.Reason),
                _ => Last(session, wanted, refused.Reason),
            },
            GrantAnswer.Unavailable away => Last(session, wanted, away.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<TokenAnswer> KeepAsync(
        LiveSession session, WantedToken wanted, GrantedTokens granted, CancellationToken cancellationToken)
    {
        var tokens = session.Tokens.With(wanted.Name, granted.AccessToken);

        // A refresh token that comes with another grant (RFC 8693 section 2.2.1) belongs to that token, not to the session.
        if (wanted.Grant is RefreshGrant)
        {
            tokens = tokens with { RefreshToken = granted.RefreshToken ?? tokens.RefreshToken, RefreshedAt = clock.GetUtcNow() };
        }

        return await ConfirmAsync(
            session, wanted, granted, await sessions.UpdateAsync(session, tokens, cancellationToken), cancellationToken);
    }

    // An event demands it, or none arrives: no token of before is used any more, whatever it was asked for.
    private async Task<TokenAnswer> RefreshAsync(
        LiveSession session, OpenIdProvider provider, GrantedTokens granted, CancellationToken cancellationToken)
    {
        var tokens = (session.Tokens with
        {
            AccessTokens = new Dictionary<string, SessionAccessToken>(),
            RefreshToken = granted.RefreshToken ?? session.Tokens.RefreshToken,
        }).With(WantedToken.SignIn.Name, granted.AccessToken);
        try
        {
            return await claims.OfAsync(session.Record, provider, granted, cancellationToken) is { } record
                ? await ConfirmAsync(
                    session, WantedToken.SignIn, granted,
                    await sessions.RefreshAsync(session, tokens with { RefreshedAt = clock.GetUtcNow() }, record, cancellationToken),
                    cancellationToken)
                : await EndAsync(session, "the ID token of the refresh is not of the person who signed in", cancellationToken);
        }
        catch (ProviderUnavailableException away)
        {
            // The refresh token may be spent: the new one is kept, and the claims are asked for again.
            await sessions.UpdateAsync(session, tokens, cancellationToken);
            return new TokenAnswer.Unavailable(away.Message);
        }
    }

    private async Task<TokenAnswer> ConfirmAsync(
        LiveSession session, WantedToken wanted, GrantedTokens granted, TokensUpdate update, CancellationToken cancellationToken)
    {
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

    // It is about to expire, but has not: better than a failure. One that an event made worthless is not.
    private TokenAnswer Last(LiveSession session, WantedToken wanted, string reason) =>
        !confirmations.NeedsRefresh(session) &&
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
}
