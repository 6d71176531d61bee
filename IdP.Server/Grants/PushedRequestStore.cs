using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// Pushed authorization requests (RFC 9126). A request_uri may be opened again until the authorization is complete,
/// so that reloading works; completion uses it up (section 4: one-time use).
/// </summary>
internal sealed class PushedRequestStore(IConnectionMultiplexer redis, IOptions<IdpOptions> options, TimeProvider clock)
    : RecordStore<AuthorizationRequest>(redis, "idp:pushed:", RecordJson.Default.AuthorizationRequest)
{
    private const string UriPrefix = "urn:ietf:params:oauth:request_uri:";
    private const string UsedPrefix = "idp:pushed-used:";
    private readonly LifetimeOptions _lifetimes = options.Value.Lifetimes;

    /// <summary>Whether it is an address of ours, and not one of a request object.</summary>
    public static bool IsPushed(string requestUri) => requestUri.StartsWith(UriPrefix, StringComparison.Ordinal);

    public async Task<string> SaveAsync(AuthorizationRequest request)
    {
        var handle = Handle.New();
        var record = request with
        {
            PushedRequest = Handle.Hash(handle),
            ExpiresAt = clock.GetUtcNow() + _lifetimes.PushedRequest,
        };
        await SaveAsync(handle, record, _lifetimes.PushedRequest);
        return UriPrefix + handle;
    }

    public async Task<AuthorizationRequest?> FindAsync(string requestUri)
    {
        if (!IsPushed(requestUri))
        {
            return null;
        }

        var handle = requestUri[UriPrefix.Length..];
        var used = Database.KeyExistsAsync(UsedPrefix + Handle.Hash(handle));
        var request = await ReadAsync(handle);
        return !await used && request is not null && request.ExpiresAt > clock.GetUtcNow() ? request : null;
    }

    /// <summary>Uses the pushed request up; true for exactly one caller.</summary>
    public Task<bool> UseAsync(string pushedRequest) => Database.StringSetAsync(
        UsedPrefix + pushedRequest, "1", _lifetimes.PushedRequest + _lifetimes.Interaction, When.NotExists);
}
