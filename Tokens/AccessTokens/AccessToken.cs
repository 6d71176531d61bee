using System.Text.Json;

namespace Platform.Tokens.AccessTokens;

/// <summary>A validated access token (RFC 9068).</summary>
/// <param name="GrantId">What the issuer knows the user's grant by; its own resources look it up.</param>
/// <param name="Confirmation">What the token is bound to; null for a bearer token.</param>
/// <param name="Claims">All claims, for those that are not named here.</param>
public sealed record AccessToken(
    string Issuer,
    string Subject,
    string ClientId,
    IReadOnlySet<string> Scopes,
    string? SessionId,
    string? GrantId,
    DateTimeOffset ExpiresAt,
    Confirmation? Confirmation,
    JsonElement Claims);
