using System.Collections.Frozen;

namespace Platform.IdP.Clients;

/// <summary>The registered clients: a snapshot that is replaced as a whole when clients.yaml changes.</summary>
internal sealed class ClientRegistry(IEnumerable<Client> clients)
{
    private volatile FrozenDictionary<string, Client> _clients = Index(clients);

    public int Count => _clients.Count;

    /// <summary>By client_id. It never changes; there is another one after a change.</summary>
    public IReadOnlyDictionary<string, Client> Current => _clients;

    public IEnumerable<Client> All => _clients.Values;

    public Client? Find(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    public void Replace(IEnumerable<Client> clients) => _clients = Index(clients);

    private static FrozenDictionary<string, Client> Index(IEnumerable<Client> clients) =>
        clients.ToFrozenDictionary(client => client.Id, StringComparer.Ordinal);
}
