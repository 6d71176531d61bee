namespace Platform.IdP.Logout;

/// <summary>What the page after a logout shows.</summary>
/// <param name="GoesOn">Whether the browser goes to the address by itself; else the person may.</param>
public sealed record SignedOutView(string? ClientName, IReadOnlyList<LogoutFrame> Frames, string? Address, bool GoesOn);

/// <summary>A client's page that ends its session in this browser when it is loaded.</summary>
public sealed record LogoutFrame(Uri Address, string ClientName)
{
    public string Origin => Address.GetLeftPart(UriPartial.Authority);
}
