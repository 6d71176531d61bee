using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.Bff.KeyRing;

internal static class KeyRingSetup
{
    public static void AddKeyRing(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<KeyRingOptions>().BindConfiguration(KeyRingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<KeyRingOptions>, KeyRingOptionsValidator>();
        builder.Services.AddDataProtection().SetApplicationName("bff");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IConnectionMultiplexer, IOptions<KeyRingOptions>>(
            (management, redis, keyRing) =>
            {
                management.XmlRepository = new RedisXmlRepository(redis);
                management.XmlEncryptor = new SecretXmlEncryptor(keyRing.Value.Secret);
            });
    }
}
