using System.Threading.RateLimiting;

namespace Platform.ServiceDefaults.Limits;

/// <summary>So many requests of each kind in a window of time, in this process.</summary>
public sealed class RequestLimit<TKey>(int permits, TimeSpan window) : IDisposable where TKey : notnull
{
    private readonly PartitionedRateLimiter<TKey> _limiter = PartitionedRateLimiter.Create<TKey, TKey>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            QueueLimit = 0,
        }));

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(TKey key)
    {
        using var lease = _limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return null;

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : window;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
