using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Registration;

/// <summary>Initial access tokens: used once, by whoever is first, and never after their end.</summary>
internal sealed class InitialAccessTokenStore(
    IConnectionMultiplexer redis, IOptions<RegistrationOptions> options, TimeProvider clock)
    : RecordStore<InitialAccessToken>(redis, "idp:initial-access:", RegistrationJson.Default.InitialAccessToken)
{
    public async Task<(string Token, DateTimeOffset ExpiresAt)> IssueAsync(string? profile, string? clientId, TimeSpan? lifetime)
    {
        var token = Handle.New();
        var life = lifetime ?? options.Value.InitialAccessTokenLifetime;
        var expiresAt = clock.GetUtcNow() + life;
        await SaveAsync(token, new InitialAccessToken(profile, clientId, expiresAt), life);
        return (token, expiresAt);
    }

    public async Task<InitialAccessToken?> FindAsync(string token) =>
        await ReadAsync(token) is { } found && found.ExpiresAt > clock.GetUtcNow() ? found : null;

    /// <summary>Uses the token up; true for exactly one caller.</summary>
    public Task<bool> UseAsync(string token) => DeleteAsync(token);

    /// <summary>Gives back a token whose registration failed for a reason that is not the client's.</summary>
    public Task GiveBackAsync(string? token, InitialAccessToken? record) => token is not null && record is not null
        ? SaveAsync(token, record, record.ExpiresAt - clock.GetUtcNow())
        : Task.CompletedTask;
}
