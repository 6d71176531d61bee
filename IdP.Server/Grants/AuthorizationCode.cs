namespace Platform.IdP.Grants;

/// <summary>What a code stands for until it is redeemed.</summary>
internal sealed record AuthorizationCode
{
    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public required string CodeChallenge { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public string? Nonce { get; init; }

    public required string Subject { get; init; }

    public required string SessionId { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The jti that the access token will have, so that a second use of the code can name it.</summary>
    public required string AccessTokenId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
