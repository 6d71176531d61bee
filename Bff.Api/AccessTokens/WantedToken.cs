using Platform.Bff.AccessTokens.Grants;

namespace Platform.Bff.AccessTokens;

/// <summary>An access token that a session gets for a route, and how.</summary>
internal sealed record WantedToken(ISessionGrant Grant, RouteToken Target)
{
    /// <summary>The name under which the session keeps it; empty for the token of the sign-in.</summary>
    public string Name { get; } = Grant.Name.Length == 0 ? Target.Name : $"{Grant.Name}\n{Target.Name}";

    /// <summary>The one of the sign-in, renewed with the refresh token.</summary>
    public static readonly WantedToken SignIn = new(new RefreshGrant(), RouteToken.SignIn);
}
