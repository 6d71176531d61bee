using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.KeyRing;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>ASP.NET Core's DataProtection for several replicas.</summary>
public static class RedisKeyRing
{
    /// <summary>
    /// Keeps the key ring of this application in Redis, sealed with <c>DataProtection:Secret</c>, without which the
    /// start is refused. Needs an <see cref="IConnectionMultiplexer"/>.
    /// </summary>
    public static void AddRedisKeyRing(this IHostApplicationBuilder builder, string application)
    {
        builder.Services.AddOptions<KeyRingOptions>().BindConfiguration(KeyRingOptions.Section)
            .Validate(options => options.HasSecret,
                "DataProtection:Secret is not set: give all replicas the same random text of 32 or more characters.")
            .Validate(options => options.HasLongSecret,
                "DataProtection:Secret is too short: give all replicas the same random text of 32 or more characters.")
            .ValidateOnStart();
        builder.Services.AddDataProtection().SetApplicationName(application);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IConnectionMultiplexer, IOptions<KeyRingOptions>>(
            (management, redis, keyRing) =>
            {
                management.XmlRepository = new RedisXmlRepository(redis, application);
                management.XmlEncryptor = new SecretXmlEncryptor(keyRing.Value.Secret, application);
            });
    }
}
