using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Platform.Bff.Pages;
using StackExchange.Redis;

namespace Platform.Bff.Registration;

/// <summary>Registrations that were made, in Redis, sealed.</summary>
internal sealed class RegistrationMemory(IConnectionMultiplexer redis, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Platform.Bff.Registration");

    /// <summary>Null when there is none, or one that cannot be read: it was sealed with another <c>DataProtection:Secret</c>.</summary>
    public async Task<RememberedRegistration?> FindAsync(string issuer, string clientId, CancellationToken cancellationToken)
    {
        var text = (string?)await redis.GetDatabase().StringGetAsync(Key(issuer, clientId)).WaitAsync(cancellationToken);
        try
        {
            return text is null
                ? null
                : JsonSerializer.Deserialize(_protector.Unprotect(text), RegistrationJson.Default.RememberedRegistration);
        }
        catch (Exception foreign) when (foreign is JsonException or CryptographicException && !StoreAwayHandler.IsStoreAway(foreign))
        {
            return null;
        }
    }

    public Task SaveAsync(
        string issuer, string clientId, RememberedRegistration registration, CancellationToken cancellationToken) =>
        redis.GetDatabase()
            .StringSetAsync(Key(issuer, clientId), _protector.Protect(
                JsonSerializer.Serialize(registration, RegistrationJson.Default.RememberedRegistration)))
            .WaitAsync(cancellationToken);

    private static RedisKey Key(string issuer, string clientId) => $"bff:registration:{issuer}:{Uri.EscapeDataString(clientId)}";
}
