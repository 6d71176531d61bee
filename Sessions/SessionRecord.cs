namespace Platform.Sessions;

/// <summary>What the platform keeps of one signed-in browser. It never leaves the server.</summary>
public sealed record SessionRecord
{
    /// <summary>The issuer of the ID token that began the session.</summary>
    public required string Issuer { get; init; }

    /// <summary>The user, as the issuer names it (<c>sub</c>).</summary>
    public required string Subject { get; init; }

    /// <summary>The issuer's own session (<c>sid</c>), when it has one.</summary>
    public string? SessionId { get; init; }

    /// <summary>The name to greet the user by.</summary>
    public string? Name { get; init; }

    /// <summary>The user's address.</summary>
    public string? Email { get; init; }

    /// <summary>Further claims that something is decided by; null when there are none.</summary>
    public IReadOnlyDictionary<string, string[]>? Claims { get; init; }

    /// <summary>Where the session began.</summary>
    public SessionDevice? Device { get; init; }

    /// <summary>When the session began here.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user proved who they are (<c>auth_time</c>); revocations of a user compare with it.</summary>
    public DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>How strongly they proved it (<c>acr</c>), when the issuer says so.</summary>
    public string? Acr { get; init; }

    /// <summary>When the session ends by itself.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
