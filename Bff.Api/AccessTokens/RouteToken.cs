using Yarp.ReverseProxy.Configuration;

namespace Platform.Bff.AccessTokens;

/// <summary>
/// Which access token a route's calls carry: <c>"Metadata": { "Audience": "urn:platform:contacts-api" }</c>. A route that
/// says nothing carries the one of the sign-in.
/// </summary>
internal sealed record RouteToken(string? Audience, string? Resource, string? Scope)
{
    /// <summary>The name under which the session keeps it; empty for the token of the sign-in.</summary>
    public string Name { get; } = string.Join('\n', new[] { ("audience", Audience), ("resource", Resource), ("scope", Scope) }
        .Where(part => part.Item2 is not null)
        .Select(part => $"{part.Item1}={part.Item2}"));

    public static RouteToken Of(RouteConfig route) =>
        new(Text(route, "Audience"), Text(route, "Resource"), Text(route, "Scope"));

    private static string? Text(RouteConfig route, string name) =>
        route.Metadata?.TryGetValue(name, out var value) is true && value.Length > 0 ? value : null;
}
