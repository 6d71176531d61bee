using Platform.IdP.Resources;

namespace Platform.IdP.Clients;

/// <summary>Reads config/clients.yaml; the first fault stops it.</summary>
internal static class ClientsFile
{
    public static ClientRegistry Read(ConfigurationFile file, ResourceRegistry resources) =>
        new(file.ReadEntries("clients", "client_id", entry => ClientReader.Read(entry, resources)));
}
