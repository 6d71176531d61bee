using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Bff.Provider;
using Platform.Sessions;

namespace Platform.Bff.AccessTokens;

/// <summary>
/// The access tokens of the BFF itself (client credentials, RFC 6749 section 4.4), one for each target in a replica. However
/// many calls need one at the same time, the provider is asked once.
/// </summary>
internal sealed class ClientAccessTokens(
    OpenIdProviders providers, TokenRequests requests, TokenLog log, IOptions<AccessTokenOptions> options, TimeProvider clock,
    IHostApplicationLifetime lifetime)
{
    // As many as there are targets in the configuration.
    private readonly ConcurrentDictionary<string, TokenAnswer.Valid> _tokens = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<TokenAnswer>>> _flights = new();

    public ValueTask<TokenAnswer> GetAsync(RouteToken wanted, CancellationToken cancellationToken) =>
        Find(wanted, options.Value.RefreshBefore) is { } token
            ? ValueTask.FromResult<TokenAnswer>(token)
            : new(JoinAsync(wanted).WaitAsync(cancellationToken));

    private TokenAnswer.Valid? Find(RouteToken wanted, TimeSpan before) =>
        _tokens.TryGetValue(wanted.Name, out var kept) && clock.GetUtcNow() < kept.Token.ExpiresAt - before ? kept : null;

    // Nobody who waits can cancel it for the others.
    private Task<TokenAnswer> JoinAsync(RouteToken wanted) => _flights.GetOrAdd(
        wanted.Name, _ => new Lazy<Task<TokenAnswer>>(() => FlyAsync(wanted))).Value;

    private async Task<TokenAnswer> FlyAsync(RouteToken wanted)
    {
        try
        {
            // The flight before may have landed between the look at the tokens and that at the flights.
            if (Find(wanted, options.Value.RefreshBefore) is { } token)
            {
                return token;
            }

            var answer = await AskAsync(wanted, lifetime.ApplicationStopping);
            log.Record(answer);
            return answer;
        }
        finally
        {
            _flights.TryRemove(wanted.Name, out _);
        }
    }

    private async Task<TokenAnswer> AskAsync(RouteToken wanted, CancellationToken cancellationToken)
    {
        var form = new GrantForm(new() { ["grant_type"] = "client_credentials" });
        return await requests.PostAsync(providers.Default, form, wanted, cancellationToken) switch
        {
            GrantAnswer.Granted granted => Keep(wanted, granted.Tokens.AccessToken),
            GrantAnswer.Refused { Error: "invalid_scope" or "invalid_target" or "unauthorized_client" } refused =>
                new TokenAnswer.Refused(refused.Reason),
            GrantAnswer.Refused refused => Last(wanted, refused.Reason),
            GrantAnswer.Unavailable away => Last(wanted, away.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private TokenAnswer.Valid Keep(RouteToken wanted, SessionAccessToken token) => _tokens[wanted.Name] = new TokenAnswer.Valid(token);

    // It is about to expire, but has not: better than a failure.
    private TokenAnswer Last(RouteToken wanted, string reason) =>
        Find(wanted, TimeSpan.Zero) is { } token ? token : new TokenAnswer.Unavailable(reason);
}
