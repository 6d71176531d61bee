using System.Net;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Limits;

namespace Platform.IdP.Protocol;

/// <summary>
/// Bounds what a flood from one address costs, in this process. Metadata, keys and health are free: clients need them to
/// trust anything, and they cost nothing.
/// </summary>
internal sealed class AddressLimit(IOptions<LimitOptions> options, TimeProvider clock)
{
    private readonly RequestLimit<IPAddress> _limit = new(options.Value.PerAddress, options.Value.Window, clock);

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(IPAddress? address) => _limit.TryPass(ClientNetwork.Of(address));

    public static bool IsFree(PathString path) =>
        path.StartsWithSegments("/.well-known") || path == DiscoveryEndpoints.KeysPath || path == "/health" || path == "/alive";
}
