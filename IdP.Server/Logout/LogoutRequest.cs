namespace Platform.IdP.Logout;

/// <summary>A request to sign out that passed its checks.</summary>
/// <param name="SessionId">The sid of a valid id_token_hint.</param>
internal sealed record LogoutRequest(string? ClientId, string? SessionId, string? PostLogoutRedirectUri, string? State);
