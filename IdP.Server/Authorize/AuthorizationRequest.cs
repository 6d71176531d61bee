namespace Platform.IdP.Authorize;

/// <summary>A validated authorization request; it stays on the server, the browser holds an opaque id of it.</summary>
internal sealed record AuthorizationRequest
{
    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public required string CodeChallenge { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public string? State { get; init; }

    public string? Nonce { get; init; }

    /// <summary><c>none</c>, <c>login</c>, or null.</summary>
    public string? Prompt { get; init; }

    /// <summary>Seconds.</summary>
    public int? MaxAge { get; init; }

    public string? LoginHint { get; init; }

    /// <summary>Hash of the request_uri that it came by (RFC 9126), which is used up when a code is issued.</summary>
    public string? PushedRequest { get; init; }

    /// <summary>The trace that the browser's requests continue.</summary>
    public string? Trace { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
