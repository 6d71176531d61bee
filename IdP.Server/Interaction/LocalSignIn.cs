using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Interaction;

/// <summary>Signs a person in for a page of this server (the account page, /device), and brings her back to it.</summary>
internal sealed class LocalSignIn(IConnectionMultiplexer redis, IOptions<IdpOptions> options, TimeProvider clock)
    : RecordStore<LocalSignInRequest>(redis, "idp:signin:", LocalSignInJson.Default.LocalSignInRequest)
{
    private readonly TimeSpan _lifetime = options.Value.Lifetimes.Interaction;

    /// <summary>Sends the browser to the login page.</summary>
    /// <param name="returnPath">A path of this server, with its query.</param>
    public async Task<IResult> BeginAsync(string returnPath, string purpose)
    {
        // The callers are pages of this server; still, "//evil" and "/\evil" would leave it.
        if (returnPath is not ['/', ..] || returnPath is ['/', '/' or '\\', ..])
            throw new ArgumentException("The path must be one of this server.", nameof(returnPath));

        var id = Handle.New();
        await SaveAsync(id, new LocalSignInRequest(returnPath, purpose, clock.GetUtcNow() + _lifetime), _lifetime);
        return new SeeOther($"{InteractionEndpoints.LoginPath}?request={id}");
    }

    public async Task<LocalSignInRequest?> FindAsync(string? id) =>
        id is not null && await ReadAsync(id) is { } request && request.ExpiresAt > clock.GetUtcNow() ? request : null;

    /// <summary>Ends the request; true for exactly one caller.</summary>
    public Task<bool> CompleteAsync(string id) => DeleteAsync(id);
}
