using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>
/// A registered client (config/clients.yaml). Members are the client metadata of RFC 7591 section 2 and of the
/// specifications that extend its registry.
/// </summary>
internal sealed record Client
{
    public required string Id { get; init; }

    /// <summary>What people are told that they sign in to.</summary>
    public required string Name { get; init; }

    public required ClientProfile Profile { get; init; }

    /// <summary>One of <see cref="ClientAuthenticationMethods"/>; no other is accepted from this client.</summary>
    public required string AuthenticationMethod { get; init; }

    /// <summary>SHA-256 of the secret: it is random, so a slow hash would add nothing.</summary>
    public byte[]? SecretHash { get; init; }

    /// <summary>The client's public keys; where they are looked up instead is <see cref="KeysUri"/>.</summary>
    public JsonWebKeySet? Keys { get; init; }

    public Uri? KeysUri { get; init; }

    /// <summary>What the client's certificate must say (RFC 8705 section 2.1.2).</summary>
    public CertificateSubject? CertificateSubject { get; init; }

    public required IReadOnlyList<string> Grants { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required IReadOnlyList<string> PostLogoutRedirectUris { get; init; }

    /// <summary>Where request objects may be fetched from (OpenID Connect Core section 6.2).</summary>
    public IReadOnlyList<string> RequestUris { get; init; } = [];

    public required bool RequiresPushedRequests { get; init; }

    public required bool RequiresPkce { get; init; }

    /// <summary>RFC 9101 section 10.5.</summary>
    public bool RequiresSignedRequests { get; init; }

    /// <summary>RFC 9449 section 5.2.</summary>
    public bool RequiresDpop { get; init; }

    /// <summary>RFC 8705 section 3.4.</summary>
    public bool RequiresCertificateBinding { get; init; }

    /// <summary>How the client signs its assertions; null: any of the profile's.</summary>
    public JwsAlgorithm? AssertionAlgorithm { get; init; }

    /// <summary>Whether its assertions may name an endpoint as their audience, as clients did before RFC 7523 was updated.</summary>
    public bool MayAddressEndpoints { get; init; }

    public JwsAlgorithm? RequestObjectAlgorithm { get; init; }

    public JwsAlgorithm IdTokenAlgorithm { get; init; } = JwsAlgorithm.ES256;

    /// <summary>Null: userinfo is plain JSON.</summary>
    public JwsAlgorithm? UserInfoAlgorithm { get; init; }

    /// <summary>Null: introspection is plain JSON unless a JWT is asked for.</summary>
    public JwsAlgorithm? IntrospectionAlgorithm { get; init; }

    /// <summary>Set: responses must be JARM.</summary>
    public JwsAlgorithm? AuthorizationResponseAlgorithm { get; init; }

    /// <summary>Host of the sector, where subject identifiers are pairwise (OpenID Connect Core section 8.1).</summary>
    public string? PairwiseSector { get; init; }

    public Uri? SectorIdentifierUri { get; init; }

    /// <summary>RFC 9396 section 10.</summary>
    public IReadOnlyList<string> AuthorizationDetailsTypes { get; init; } = [];

    /// <summary>Access tokens of this client are references, not JWTs.</summary>
    public bool UsesOpaqueAccessTokens { get; init; }

    /// <summary>Whether the ID token says what the scopes profile, email, phone and address ask for, as userinfo does.</summary>
    public bool HasScopeClaimsInIdToken { get; init; }

    /// <summary>The operator's own client: people are not asked for consent.</summary>
    public bool SkipsConsent { get; init; }

    /// <summary>Seconds (default_max_age).</summary>
    public int? DefaultMaxAge { get; init; }

    public IReadOnlyList<string> DefaultAcrValues { get; init; } = [];

    public Uri? BackchannelLogoutUri { get; init; }

    public Uri? FrontchannelLogoutUri { get; init; }

    public bool FrontchannelLogoutSessionRequired { get; init; }

    /// <summary>CIBA: <c>poll</c> or <c>ping</c>; null for clients without it.</summary>
    public string? BackchannelDeliveryMode { get; init; }

    public Uri? BackchannelNotificationEndpoint { get; init; }

    public JwsAlgorithm? BackchannelRequestAlgorithm { get; init; }

    public Uri? InitiateLoginUri { get; init; }

    public Uri? Homepage { get; init; }

    public Uri? Logo { get; init; }

    public Uri? Policy { get; init; }

    public Uri? TermsOfService { get; init; }

    /// <summary>Hash of the registration access token of a client that registered itself (RFC 7592).</summary>
    public string? RegistrationTokenHash { get; init; }

    /// <summary>How the client may sign its assertions (FAPI 2.0 section 5.4.1; RS256 only by registration).</summary>
    public IReadOnlyList<JwsAlgorithm> AssertionAlgorithms => AssertionAlgorithm switch
    {
        JwsAlgorithm.ES256 => ClientAlgorithms.Es256,
        JwsAlgorithm.PS256 => ClientAlgorithms.Ps256,
        JwsAlgorithm.RS256 => ClientAlgorithms.Rs256,
        _ => ClientAlgorithms.Fapi,
    };

    /// <summary>Whether it has no secret and no key of its own (RFC 6749 section 2.1).</summary>
    public bool IsPublic => AuthenticationMethod == ClientAuthenticationMethods.None;

    public bool IsFapi => Profile is not ClientProfile.Baseline;

    /// <summary>Whether a token of this client must be bound to a key (FAPI 2.0 section 5.3.2.1).</summary>
    public bool RequiresSenderConstraint => IsFapi || RequiresDpop || RequiresCertificateBinding;

    /// <summary>The address to answer to, when it is one of the client's; null when it is not.</summary>
    public string? FindRedirectUri(string? address) =>
        address is not null && RedirectUris.Any(registered => ClientRedirects.Matches(registered, address, anyPort: IsPublic))
            ? address
            : null;
}
