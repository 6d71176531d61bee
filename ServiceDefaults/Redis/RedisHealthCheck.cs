#if !ASPIRE
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Platform.ServiceDefaults.Redis;

internal sealed class RedisHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var answeredIn = await redis.GetDatabase().PingAsync();
            return HealthCheckResult.Healthy($"answered in {answeredIn.TotalMilliseconds:0.0} ms");
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("Redis does not answer", away);
        }
    }
}
#endif
