using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>Authorization requests that wait for a person to sign in; the browser holds an opaque id.</summary>
internal sealed class AuthorizationRequestStore(
    IConnectionMultiplexer redis, IOptions<IdpOptions> options, TimeProvider clock)
    : RecordStore<AuthorizationRequest>(redis, "idp:request:", RecordJson.Default.AuthorizationRequest)
{
    private readonly TimeSpan _lifetime = options.Value.Lifetimes.Interaction;

    public async Task<string> SaveAsync(AuthorizationRequest request)
    {
        var id = Handle.New();
        await SaveAsync(id, request with { ExpiresAt = clock.GetUtcNow() + _lifetime }, _lifetime);
        return id;
    }

    public async Task<AuthorizationRequest?> FindAsync(string id) =>
        await ReadAsync(id) is { } request && request.ExpiresAt > clock.GetUtcNow() ? request : null;

    /// <summary>Writes down how far the person has come; false when the request has ended meanwhile.</summary>
    public Task<bool> UpdateAsync(string id, AuthorizationRequest request) => Database.StringSetAsync(
        KeyOf(id), Write(request), request.ExpiresAt - clock.GetUtcNow(), When.Exists);

    /// <summary>Ends the request; true for exactly one caller.</summary>
    public Task<bool> CompleteAsync(string id) => DeleteAsync(id);
}
