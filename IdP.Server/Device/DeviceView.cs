namespace Platform.IdP.Device;

/// <summary>What a person compares before she lets a device in; public, because generated components are.</summary>
/// <param name="Session">Who saw the page.</param>
public sealed record DeviceView(
    string UserCode, string ClientName, string UserName, AccessView Access, string Session, string FormToken);
