using System.Text.Json.Nodes;

namespace Platform.IdP.Registration;

/// <summary>The entries of clients.yaml that registered themselves, as they stand in the file.</summary>
internal sealed class RegisteredEntries(ConfigurationFile file)
{
    /// <exception cref="ConfigurationFileException">The file is broken at the moment.</exception>
    public JsonObject? Find(string clientId) => file
        .ReadEntries("clients", "client_id", entry => entry.AllJson())
        .FirstOrDefault(entry => (string?)entry["client_id"] == clientId && entry["registration_access_token_hash"] is not null);
}
