namespace Platform.Sessions;

/// <summary>The tokens of a session. They change with every refresh, while the record stays.</summary>
public sealed record SessionTokens
{
    /// <summary>The hint for signing out at the issuer (<c>id_token_hint</c>).</summary>
    public string? IdToken { get; init; }

    /// <summary>What new access tokens are got with; null when the issuer gave none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the issuer last gave tokens for the refresh token; null when it has not since the sign-in.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Access tokens by what they were asked for; the empty name is that of the sign-in.</summary>
    public IReadOnlyDictionary<string, SessionAccessToken> AccessTokens { get; init; } =
        new Dictionary<string, SessionAccessToken>();

    /// <summary>The same with another access token.</summary>
    public SessionTokens With(string name, SessionAccessToken token) => this with
    {
        AccessTokens = new Dictionary<string, SessionAccessToken>(AccessTokens) { [name] = token },
    };

    /// <summary>The same with none of the access tokens that <paramref name="older"/> has too.</summary>
    internal SessionTokens OnlyNewerThan(SessionTokens older) => this with
    {
        AccessTokens = AccessTokens.Where(token => older.AccessTokens.GetValueOrDefault(token.Key) != token.Value).ToDictionary(),
    };
}

/// <summary>An access token as it is sent to a resource server.</summary>
/// <param name="Value">The token.</param>
/// <param name="Type"><c>Bearer</c> or <c>DPoP</c> (RFC 6749 section 7.1).</param>
/// <param name="ExpiresAt">When the issuer said that it ends.</param>
/// <param name="KeyId">The key that it is bound to (RFC 9449 section 6), null when it is bound to none.</param>
public sealed record SessionAccessToken(string Value, string Type, DateTimeOffset ExpiresAt, string? KeyId = null);
