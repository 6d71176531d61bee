using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Protocol;

/// <summary>
/// Bounds what a flood from one address costs, in this process. Metadata, keys and health are free: clients need them to
/// trust anything, and they cost nothing.
/// </summary>
internal sealed class AddressLimit(IOptions<LimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        network => RateLimitPartition.GetFixedWindowLimiter(network, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.PerAddress,
            Window = options.Value.Window,
            QueueLimit = 0,
        }));

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(Network(address));
        if (lease.IsAcquired)
            return null;

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : options.Value.Window;
    }

    public static bool IsFree(PathString path) =>
        path.StartsWithSegments("/.well-known") || path == DiscoveryEndpoints.KeysPath || path == "/health" || path == "/alive";

    public void Dispose() => _limiter.Dispose();

    // Whoever has one IPv6 address has the 2^64 of its network.
    private static IPAddress Network(IPAddress? address) => address switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]),
        _ => address,
    };
}
