namespace Platform.IdP.Interaction;

/// <summary>What the login page shows; public, because generated components are.</summary>
public sealed record LoginView(string Request, string ClientName, string FormToken)
{
    /// <summary>Whether a page of this server waits, and no client that a cancellation could be told to.</summary>
    public bool IsLocal { get; init; }

    /// <summary>What the client says of itself.</summary>
    public ClientAbout About { get; init; } = new();

    public string? UserName { get; init; }

    public string? Message { get; init; }
}
