using StackExchange.Redis;

namespace Platform.IdP.Logout;

/// <summary>
/// Which clients a person used in a session. Grants do not tell: they end with their tokens, and the client's own session
/// may live on.
/// </summary>
internal sealed class SessionClients(IConnectionMultiplexer redis, ClientRegistry clients)
{
    public async Task<IReadOnlyList<Client>> ListAsync(string sessionId)
    {
        var ids = await redis.GetDatabase().SetMembersAsync(AuthorizationGrantStore.SessionClientsPrefix + sessionId);
        return [.. ids.Select(id => clients.Find(id)).OfType<Client>().OrderBy(client => client.Id, StringComparer.Ordinal)];
    }

    public Task ForgetAsync(string sessionId) =>
        redis.GetDatabase().KeyDeleteAsync(AuthorizationGrantStore.SessionClientsPrefix + sessionId);

    /// <summary>The one session, or all of the person's.</summary>
    public async Task<IReadOnlyList<string>> SessionsAsync(string? subject, string? sessionId) => sessionId is not null
        ? [sessionId]
        : [.. (await redis.GetDatabase().SetMembersAsync(SsoSessionStore.UserIndex(subject))).Select(sid => (string)sid!)];
}
