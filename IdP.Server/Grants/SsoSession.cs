namespace Platform.IdP.Grants;

/// <summary>A person signed in at this provider, in one browser.</summary>
/// <param name="SessionId">The <c>sid</c> of tokens; unlike the cookie it is no secret.</param>
internal sealed record SsoSession(
    string SessionId, string Subject, DateTimeOffset AuthenticatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>How the person proved who she is (RFC 8176: amr).</summary>
    public IReadOnlyList<string> Methods { get; init; } = ["pwd"];

    /// <summary>The strongest authentication context class that it reached (acr).</summary>
    public string? AuthenticationClass { get; init; }

    /// <summary>When the person first signed in under this <c>sid</c>.</summary>
    public DateTimeOffset StartedAt { get; init; } = AuthenticatedAt;

    /// <summary>What the person recognises the browser by: no more than is shown to her.</summary>
    public SsoDevice? Device { get; init; }
}

/// <summary>The browser of a session, as it called itself, and the network that it called from.</summary>
internal sealed record SsoDevice(string Browser, string Network);

/// <summary>What a sign-in established.</summary>
internal sealed record Authentication(string Subject, IReadOnlyList<string> Methods, string Class)
{
    public SsoDevice? Device { get; init; }
}
