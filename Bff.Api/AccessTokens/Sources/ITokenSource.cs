using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>Where the calls of a route get what they authenticate with. Chosen when the routes are loaded.</summary>
internal interface ITokenSource
{
    /// <param name="session">Null only where the route needs none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<TokenAnswer> GetAsync(LiveSession? session, CancellationToken cancellationToken);
}
