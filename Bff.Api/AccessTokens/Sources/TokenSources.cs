using Microsoft.Extensions.Options;
using Platform.Bff.AccessTokens.Grants;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>Reads from a route's metadata where its calls get their token: <c>"Metadata": { "Token": "exchange" }</c>.</summary>
internal sealed class TokenSources
{
    private readonly Dictionary<string, Kind> _kinds;

    /// <param name="NeedsSession">Whether the source is about a person.</param>
    /// <param name="Members">The metadata that it understands.</param>
    /// <param name="Create">Makes it for a route.</param>
    private sealed record Kind(bool NeedsSession, string[] Members, Func<RouteConfig, ITokenSource> Create);

    public TokenSources(
        SessionAccessTokens sessions, ClientAccessTokens clients, SignedAssertions assertions, IOptionsMonitor<ApiKeys> keys,
        IOptionsMonitor<IdentityHeaderOptions> identity, TimeProvider clock)
    {
        string[] target = [RouteMetadata.Audience, RouteMetadata.Resource, RouteMetadata.Scope];
        _kinds = new()
        {
            ["session"] = new(true, target, route =>
                new SessionTokenSource(sessions, new(WantedToken.SignIn.Grant, RouteToken.Of(route)))),
            ["exchange"] = new(true, target, route =>
                new ExchangedTokenSource(sessions, new(new ExchangeGrant(clock), Target(route)))),
            ["jwt-bearer"] = new(true, [.. target, RouteMetadata.Assertion], route =>
                new SessionTokenSource(sessions, new(Assertion(route, assertions), RouteToken.Of(route)))),
            ["client"] = new(false, target, route => new ClientTokenSource(clients, RouteToken.Of(route))),
            ["api-key"] = new(false, [RouteMetadata.ApiKey], route => new FixedSource(Key(route, keys.CurrentValue))),
            ["headers"] = new(true, [], route => Identity(route, identity.CurrentValue)),
            ["none"] = new(false, [], _ => new FixedSource(CallHeaders.None)),
        };
    }

    /// <exception cref="InvalidOperationException">The metadata contradicts itself; the message names the route and the fix.</exception>
    public ITokenSource Of(RouteConfig route, bool isPublic)
    {
        var name = route.Text(RouteMetadata.Token) ?? (isPublic ? "none" : "session");
        if (!_kinds.TryGetValue(name, out var kind))
            throw route.Fault($"has the Token '{name}': use one of {string.Join(", ", _kinds.Keys)}.");
        if (isPublic && kind.NeedsSession)
            throw route.Fault($"has the Token '{name}', which needs a session, and the Access 'public': remove one of them.");
        if (RouteMetadata.Names.FirstOrDefault(member =>
                member != RouteMetadata.Token && !kind.Members.Contains(member) && route.Text(member) is not null) is { } idle)
            throw route.Fault($"has {idle}, which means nothing for the Token '{name}': remove it, or choose another Token.");

        return kind.Create(route);
    }

    private static RouteToken Target(RouteConfig route) => RouteToken.Of(route) is { Name.Length: > 0 } target
        ? target
        : throw route.Fault("exchanges tokens for nothing: add Audience, Resource or Scope to its Metadata.");

    private static AssertionGrant Assertion(RouteConfig route, SignedAssertions signed) => route.Text(RouteMetadata.Assertion) switch
    {
        "signed" => new AssertionGrant("signed", signed.SignAsync),
        "id-token" => new AssertionGrant("id-token", (session, _) => new(session.Tokens.IdToken)),
        _ => throw route.Fault("has the Token 'jwt-bearer': say in Assertion which one, 'signed' or 'id-token'."),
    };

    private static CallHeaders Key(RouteConfig route, ApiKeys keys) =>
        route.Text(RouteMetadata.ApiKey) is { } name && keys.TryGetValue(name, out var key)
            ? new CallHeaders((key.Header, key.Value))
            : throw route.Fault($"has the Token 'api-key': name in ApiKey one of the keys under {ApiKeys.Section}.");

    private static IdentitySource Identity(RouteConfig route, IdentityHeaderOptions options) =>
        options.Clusters.Contains(route.ClusterId, StringComparer.OrdinalIgnoreCase)
            ? new IdentitySource()
            : throw route.Fault(
                $"has the Token 'headers': if nobody but the BFF can reach the cluster '{route.ClusterId}', add it to {IdentityHeaderOptions.Section}:Clusters.");
}
