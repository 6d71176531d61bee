using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Grants;

/// <summary>
/// What a refresh token stands for. All refresh tokens that follow each other refer to one grant, which is their family:
/// ending the grant ends them all.
/// </summary>
internal sealed record RefreshToken
{
    public required string GrantId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The keys that a public client's token is bound to (RFC 9449 section 5, RFC 8705 section 4).</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>When the first of the family was issued.</summary>
    public required DateTimeOffset FamilyStartedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Makes, with the token itself, the token that follows it; see <see cref="RefreshTokenStore"/>.</summary>
    public required string Salt { get; init; }

    public bool IsBoundTo(Confirmation? shown) => Confirmation is null ||
        ((Confirmation.KeyThumbprint is not { } key || key == shown?.KeyThumbprint) &&
         (Confirmation.CertificateThumbprint is not { } certificate || certificate == shown?.CertificateThumbprint));
}
