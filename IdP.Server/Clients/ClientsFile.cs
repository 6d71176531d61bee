using Platform.IdP.Resources;

namespace Platform.IdP.Clients;

/// <summary>Reads config/clients.yaml; the first fault stops it.</summary>
internal static class ClientsFile
{
    public static ClientRegistry Read(ConfigurationFile file, ResourceRegistry resources) => new(ReadAll(file, resources));

    public static IReadOnlyList<Client> ReadAll(ConfigurationFile file, ResourceRegistry resources) =>
        file.ReadEntries("clients", "client_id", entry => ClientReader.Read(entry, resources));
}
