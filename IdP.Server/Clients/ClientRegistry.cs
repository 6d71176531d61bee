using System.Collections.Frozen;

namespace Platform.IdP.Clients;

internal sealed class ClientRegistry(IEnumerable<Client> clients)
{
    private readonly FrozenDictionary<string, Client> _clients =
        clients.ToFrozenDictionary(client => client.Id, StringComparer.Ordinal);

    public Client? Find(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);
}
