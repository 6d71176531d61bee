namespace Platform.IdP.Interaction;

/// <summary>What the login page shows; public, because generated components are.</summary>
public sealed record LoginView(string Request, string ClientName, string FormToken)
{
    /// <summary>Where the form goes; only a client's request can be cancelled, which answers the client.</summary>
    public string Action { get; init; } = InteractionEndpoints.LoginPath;

    public string? UserName { get; init; }

    public string? Message { get; init; }
}
