using Yarp.ReverseProxy.Configuration;

namespace Platform.Bff.AccessTokens;

/// <summary>
/// Which access token a route's calls carry: <c>"Metadata": { "Audience": "urn:platform:contacts-api" }</c>. A route that
/// says nothing carries the one of the sign-in.
/// </summary>
internal sealed record RouteToken(string? Audience, string? Resource, string? Scope)
{
    /// <summary>The one of the sign-in.</summary>
    public static readonly RouteToken SignIn = new(null, null, null);

    /// <summary>What it is asked for with; empty for the token of the sign-in.</summary>
    public string Name { get; } = string.Join('\n', new[] { ("audience", Audience), ("resource", Resource), ("scope", Scope) }
        .Where(part => part.Item2 is not null)
        .Select(part => $"{part.Item1}={part.Item2}"));

    public static RouteToken Of(RouteConfig route) =>
        new(route.Text(RouteMetadata.Audience), route.Text(RouteMetadata.Resource), route.Text(RouteMetadata.Scope));

    /// <summary>The same as parameters of a token request (RFC 6749 section 3.3, RFC 8693 section 2.1, RFC 8707 section 2).</summary>
    public Dictionary<string, string> AddTo(Dictionary<string, string> form)
    {
        Add("audience", Audience);
        Add("resource", Resource);
        Add("scope", Scope);
        return form;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                form[name] = value;
            }
        }
    }
}
