namespace Platform.IdP.Interaction;

/// <summary>What the login page shows; public, because generated components are.</summary>
public sealed record LoginView(string Request, string ClientName, string FormToken)
{
    public string? UserName { get; init; }

    public string? Message { get; init; }
}
