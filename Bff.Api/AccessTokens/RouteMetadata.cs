using Yarp.ReverseProxy.Configuration;

namespace Platform.Bff.AccessTokens;

/// <summary>The members of a route's <c>Metadata</c> that say what its calls carry.</summary>
internal static class RouteMetadata
{
    public const string Token = "Token";
    public const string Audience = "Audience";
    public const string Resource = "Resource";
    public const string Scope = "Scope";
    public const string Assertion = "Assertion";
    public const string ApiKey = "ApiKey";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyCollection<string> Names = [Token, Audience, Resource, Scope, Assertion, ApiKey];

    extension(RouteConfig route)
    {
        /// <summary>A member's value; null where it is missing or empty.</summary>
        public string? Text(string name) =>
            route.Metadata?.TryGetValue(name, out var value) is true && value.Length > 0 ? value : null;

        /// <summary>A member that is <c>true</c> or missing.</summary>
        public bool Flag(string name) => route.Text(name) switch
        {
            null => false,
            var text when bool.TryParse(text, out var flag) => flag,
            var text => throw route.Fault($"has {name} '{text}' in its Metadata: use 'true' or 'false'."),
        };

        /// <summary>A configuration that cannot be used: one sentence that names the route and the fix.</summary>
        public InvalidOperationException Fault(string sentence) => new($"The route '{route.RouteId}' {sentence}");
    }
}
