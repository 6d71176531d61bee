namespace Platform.IdP.Authorize;

/// <summary>A validated authorization request; it stays on the server, the browser holds an opaque id of it.</summary>
internal sealed record AuthorizationRequest
{
    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>One of <see cref="ResponseModes"/>.</summary>
    public string ResponseMode { get; init; } = ResponseModes.Query;

    /// <summary>Null for a confidential client that need not use PKCE and did not.</summary>
    public string? CodeChallenge { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Resource indicators (RFC 8707).</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>A JSON array (RFC 9396).</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>A JSON object (OpenID Connect Core section 5.5).</summary>
    public string? Claims { get; init; }

    public string? State { get; init; }

    public string? Nonce { get; init; }

    /// <summary>OpenID Connect Core section 3.1.2.1: none, login, consent, select_account.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>Seconds.</summary>
    public int? MaxAge { get; init; }

    public string? LoginHint { get; init; }

    /// <summary>The subject of the id_token_hint, as the client knows the person.</summary>
    public string? HintedSubject { get; init; }

    /// <summary>acr_values in order of preference; voluntary unless <see cref="EssentialClasses"/> names them.</summary>
    public IReadOnlyList<string> AuthenticationClasses { get; init; } = [];

    /// <summary>The acr values of which one is essential (OpenID Connect Core section 5.5.1.1).</summary>
    public IReadOnlyList<string> EssentialClasses { get; init; } = [];

    public string? UiLocales { get; init; }

    /// <summary>dpop_jkt, or the key of the DPoP proof at /par (RFC 9449 section 10).</summary>
    public string? DpopKeyThumbprint { get; init; }

    /// <summary>Hash of the request_uri that it came by (RFC 9126), which is used up when a code is issued.</summary>
    public string? PushedRequest { get; init; }

    /// <summary>The trace that the browser's requests continue.</summary>
    public string? Trace { get; init; }

    /// <summary>What the person has done for this request already.</summary>
    public RequestProgress Progress { get; init; } = new();

    public DateTimeOffset ExpiresAt { get; init; }
}
