using System.Text.Json.Nodes;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Token;

/// <summary>What a token response is made of; <see cref="TokenIssuer"/> makes it.</summary>
internal sealed record Issuance
{
    public required Client Client { get; init; }

    /// <summary>The person's grant; null where the client acts for itself.</summary>
    public AuthorizationGrant? Grant { get; init; }

    /// <summary>What this access token may do: the grant's scopes or fewer.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Who may accept the access token; null: as its scopes say.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>A JSON array (RFC 9396): the grant's or fewer.</summary>
    public string? AuthorizationDetails { get; init; }

    public Confirmation? Confirmation { get; init; }

    /// <summary>RFC 8693 section 4.1.</summary>
    public JsonObject? Actor { get; init; }

    public string? Nonce { get; init; }

    public bool WithIdToken { get; init; }

    /// <summary>
    /// Whether the flow may yield a refresh token; it does where the client has that grant and the person allowed
    /// offline_access.
    /// </summary>
    public bool WithRefreshToken { get; init; }

    /// <summary>The refresh token that follows the one of this request.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>RFC 8693 section 2.2.1.</summary>
    public string? IssuedTokenType { get; init; }
}
