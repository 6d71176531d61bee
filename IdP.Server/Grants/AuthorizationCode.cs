namespace Platform.IdP.Grants;

/// <summary>What a code stands for until it is redeemed.</summary>
internal sealed record AuthorizationCode
{
    public required AuthorizationGrant Grant { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>Null for a confidential client that need not use PKCE and did not.</summary>
    public string? CodeChallenge { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The DPoP key that the code is bound to (RFC 9449 section 10).</summary>
    public string? DpopKeyThumbprint { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
