using System.Text.Json;

namespace Platform.Tokens.IdTokens;

/// <summary>A validated ID token (OpenID Connect Core 1.0 section 2).</summary>
/// <param name="Claims">All claims, for those that are not named here.</param>
public sealed record IdToken(
    string Issuer,
    string Subject,
    string? SessionId,
    DateTimeOffset IssuedAt,
    DateTimeOffset? AuthenticatedAt,
    DateTimeOffset ExpiresAt,
    JsonElement Claims);
