using Platform.Bff.AccessTokens.Sources;
using Platform.Bff.Defence;

namespace Platform.Bff.Forwarding;

/// <summary>What a route's configuration says of its calls, read once when it is loaded; metadata of the route's endpoint.</summary>
/// <param name="NeedsSession">Whether a call without a session is refused.</param>
/// <param name="Policy">Who may start a call.</param>
/// <param name="Tokens">What a call carries.</param>
/// <param name="Streams">Which calls may stay open for long.</param>
internal sealed record ForwardedRoute(bool NeedsSession, CallPolicy Policy, ITokenSource Tokens, RouteStreams Streams);
