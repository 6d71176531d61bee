using StackExchange.Redis;

namespace Platform.IdP.Logout;

/// <summary>Requests to sign out that wait for a person's confirmation.</summary>
internal sealed class LogoutRequestStore(IConnectionMultiplexer redis)
    : RecordStore<LogoutRequest>(redis, "idp:logout:", RecordJson.Default.LogoutRequest)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public async Task<string> SaveAsync(LogoutRequest request)
    {
        var id = Handle.New();
        await SaveAsync(id, request, Lifetime);
        return id;
    }

    public Task<LogoutRequest?> FindAsync(string id) => ReadAsync(id);
}
