namespace Platform.Doctor.Asking;

/// <summary>Whom to ask, and by what right.</summary>
/// <param name="Portal">The BFF's public address.</param>
/// <param name="Idp">The issuer; null: the one that the BFF names in section <c>Oidc</c>.</param>
/// <param name="Services">Further services whose health is asked, by name.</param>
/// <param name="DiagnosticsKey">The BFF's <c>Bff:Diagnostics:Key</c>.</param>
/// <param name="AdministratorSecret">The secret of the client <c>admin-cli</c> at the IdP.</param>
public sealed record Target(
    Uri Portal, Uri? Idp, IReadOnlyList<NamedAddress> Services, Credential? DiagnosticsKey, Credential? AdministratorSecret);

/// <param name="Name">What the service is called.</param>
/// <param name="Address">Where it is; <c>/health</c> is asked there.</param>
public sealed record NamedAddress(string Name, Uri Address);

/// <param name="Value">It is shown to nobody but the service that it is for.</param>
/// <param name="Source">Where it was found.</param>
public sealed record Credential(string Value, string Source)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => Source;
}
