namespace Platform.IdP.Registration;

/// <summary>The permission to register one client (RFC 7591 section 3).</summary>
/// <param name="Profile">The only profile that it may be used for; null: any.</param>
/// <param name="ClientId">The client_id that it may register; null: the server chooses one.</param>
internal sealed record InitialAccessToken(string? Profile, string? ClientId, DateTimeOffset ExpiresAt);
