using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Grants;

/// <summary>Whom a refresh token is for.</summary>
/// <param name="Confirmation">The keys that it is bound to: those of a public client.</param>
internal sealed record RefreshTokenOwner(string GrantId, string ClientId, Confirmation? Confirmation);

/// <summary>The outcome of using a refresh token that is replaced by each use.</summary>
internal abstract record RefreshTokenUse
{
    public sealed record Followed(string Successor, TimeSpan Lifetime) : RefreshTokenUse;

    /// <summary>It was used before: one of the two stole it.</summary>
    public sealed record Repeated : RefreshTokenUse;

    /// <summary>It expired meanwhile.</summary>
    public sealed record Unknown : RefreshTokenUse;
}
