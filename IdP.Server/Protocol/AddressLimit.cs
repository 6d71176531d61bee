using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Protocol;

/// <summary>
/// Bounds what a flood from one address costs, in this process. Metadata, keys and health are free: clients need them to
/// trust anything, and they cost nothing.
/// </summary>
internal sealed class AddressLimit(IOptions<LimitOptions> options) : IDisposable
{
    private readonly RequestLimit<IPAddress> _limit = new(options.Value.PerAddress, options.Value.Window);

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(IPAddress? address) => _limit.TryPass(Network(address));

    public static bool IsFree(PathString path) =>
        path.StartsWithSegments("/.well-known") || path == DiscoveryEndpoints.KeysPath || path == "/health" || path == "/alive";

    public void Dispose() => _limit.Dispose();

    // Whoever has one IPv6 address has the 2^64 of its network.
    private static IPAddress Network(IPAddress? address) => address switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]),
        _ => address,
    };
}
