using Microsoft.AspNetCore.Routing.Patterns;
using Platform.Bff.AccessTokens;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Methods and paths of an API are listed, not left open (browser-based apps section 6.1.3.5). A route that is open all the same says
/// so: <c>"Metadata": { "AnyMethod": "true" }</c>.
/// </summary>
internal static class AllowList
{
    public const string AnyMethod = "AnyMethod";
    public const string AnyPath = "AnyPath";

    // Not CONNECT, which makes a tunnel, and not TRACE, which answers with the access token.
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <exception cref="InvalidOperationException">The message names the route and the fix.</exception>
    public static void Check(RouteConfig route)
    {
        var listed = route.Match.Methods is { Count: > 0 };
        if (route.Match.Methods?.Except(Methods, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unfit)
            throw route.Fault($"has the method '{unfit}': use of {string.Join(", ", Methods)}.");
        if (!listed && !route.Flag(AnyMethod))
            throw route.Fault($"has no Methods: list them in its Match, or add \"{AnyMethod}\": \"true\" to its Metadata.");
        if (listed && route.Flag(AnyMethod))
            throw route.Fault($"has Methods and {AnyMethod}: remove one of them.");
        if (IsOpen(route.Match.Path) && !route.Flag(AnyPath))
            throw route.Fault(
                $"has a path that leaves everything open: begin it with a name (/api/calendar/{{**rest}}), or add \"{AnyPath}\": \"true\" to its Metadata.");
    }

    /// <summary>A route that is open to any method is open to those that mean something to an API.</summary>
    public static RouteConfig Close(RouteConfig route) => route.Match.Methods is { Count: > 0 }
        ? route
        : route with { Match = route.Match with { Methods = Methods } };

    /// <summary>The methods of a route with WebSockets: over HTTP/2 one begins with CONNECT (RFC 8441 section 4).</summary>
    public static HttpMethodMetadata WithSockets(RouteConfig route) => new([.. route.Match.Methods!, HttpMethods.Connect]);

    // A parameter matches anything: some segment must say which API it is. "api" is said by all.
    private static bool IsOpen(string? path)
    {
        var pattern = RoutePatternFactory.Parse(path ?? "{**everything}");
        return pattern.Parameters.Count > 0 && !pattern.PathSegments
            .SelectMany(segment => segment.Parts)
            .OfType<RoutePatternLiteralPart>()
            .Any(literal => !literal.Content.Equals("api", StringComparison.OrdinalIgnoreCase));
    }
}
