#if !ASPIRE
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>The member of <c>Aspire.StackExchange.Redis</c> that the services use, for the embedded engine.</summary>
public static class EmbeddedRedisClient
{
    /// <summary>
    /// Registers <see cref="IConnectionMultiplexer"/> for <c>ConnectionStrings:{connectionName}</c>, with a health check.
    /// A server that is away at start is waited for in the background; calls fail until it answers.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName)
    {
        var connectionString = builder.Configuration.GetConnectionString(connectionName)
            ?? throw new InvalidOperationException(
                $"Redis is not configured: set ConnectionStrings:{connectionName} (for example localhost:6379).");

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => Connect(connectionString));
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>($"redis-{connectionName}");
    }

    private const int LeastSyncTimeout = 5000;

    private static ConnectionMultiplexer Connect(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;

        // As in version 2 and later: one second is too short for a machine that is busy.
        options.SyncTimeout = Math.Max(options.SyncTimeout, LeastSyncTimeout);
        var connection = ConnectionMultiplexer.Connect(options);

        // As in version 2 and later: an answer's continuation must not hold up the answers after it.
        connection.PreserveAsyncOrder = false;
        return connection;
    }
}
#endif
