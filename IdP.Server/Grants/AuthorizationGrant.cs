namespace Platform.IdP.Grants;

/// <summary>
/// What a person allowed a client, whatever the flow. Codes, refresh tokens and access tokens refer to it: ending the
/// grant ends all of them.
/// </summary>
internal sealed record AuthorizationGrant
{
    /// <summary>The <c>grant_id</c> of tokens; no secret.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The person, as this server knows her; clients may see a pairwise identifier.</summary>
    public required string Subject { get; init; }

    /// <summary>The <c>sid</c>; null where no browser session stands behind it (device, CIBA).</summary>
    public string? SessionId { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Resource indicators of the request (RFC 8707).</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The consented authorization_details, a JSON array (RFC 9396).</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>The claims parameter, a JSON object (OpenID Connect Core section 5.5).</summary>
    public string? Claims { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>OpenID Connect Core section 2: acr.</summary>
    public string? AuthenticationClass { get; init; }

    /// <summary>RFC 8176: amr.</summary>
    public IReadOnlyList<string> AuthenticationMethods { get; init; } = [];

    /// <summary>Whether it outlives the browser session (offline_access, or no session at all).</summary>
    public bool IsOffline => SessionId is null || Scopes.Contains("offline_access");
}
