using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Clients;

/// <summary>
/// Bounds what one client costs, in this process. Only a client that has proved who it is: else anybody could use up what
/// another may ask.
/// </summary>
internal sealed class ClientLimit(IOptions<LimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        clientId => RateLimitPartition.GetFixedWindowLimiter(clientId, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.PerClient,
            Window = options.Value.Window,
            QueueLimit = 0,
        }));

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(Client client, RequestParameters parameters)
    {
        // RFC 8628 section 3.5, CIBA Core section 11: who polls is slowed down by slow_down, and by nothing else.
        if (client.IsPublic || parameters["grant_type"] is GrantTypes.DeviceCode or GrantTypes.Ciba)
            return null;

        using var lease = _limiter.AttemptAcquire(client.Id);
        if (lease.IsAcquired)
            return null;

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : options.Value.Window;
    }

    public void Dispose() => _limiter.Dispose();
}
