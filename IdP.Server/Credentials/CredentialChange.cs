using System.Text.Json.Nodes;

namespace Platform.IdP.Credentials;

/// <summary>What a credential-change event says (CAEP 1.0 section 3.3).</summary>
/// <param name="CredentialType">password, app, fido2-platform, fido2-roaming; recovery-codes, which CAEP has no word for.</param>
/// <param name="ChangeType">create, revoke, update or delete.</param>
internal sealed record CredentialChange(string CredentialType, string ChangeType)
{
    public string? FriendlyName { get; init; }

    public Guid? Aaguid { get; init; }

    public JsonObject ToMembers()
    {
        var members = new JsonObject { ["credential_type"] = CredentialType, ["change_type"] = ChangeType };
        if (FriendlyName is not null)
        {
            members["friendly_name"] = FriendlyName;
        }

        if (Aaguid is { } model)
        {
            members["fido2_aaguid"] = model.ToString("D");
        }

        return members;
    }
}
