namespace Platform.Tokens.LogoutTokens;

/// <summary>
/// A validated logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4). It names a session, a subject whose
/// sessions all end, or both.
/// </summary>
public sealed record LogoutToken(string Issuer, string? Subject, string? SessionId, string JwtId, DateTimeOffset IssuedAt);
