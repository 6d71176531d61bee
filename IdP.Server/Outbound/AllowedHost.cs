using System.Net;

namespace Platform.IdP.Outbound;

/// <summary>An exemption from the guard: a network, or a host by its name with or without a port.</summary>
internal sealed record AllowedHost
{
    private readonly IPNetwork? _network;
    private readonly string? _host;
    private readonly int? _port;

    private AllowedHost(IPNetwork network) => _network = network;

    private AllowedHost(string host, int? port)
    {
        _host = host;
        _port = port;
    }

    /// <summary>This machine: what is developed here may call what is developed here.</summary>
    public static IEnumerable<AllowedHost> Loopback { get; } =
        [new(IPNetwork.Parse("127.0.0.0/8")), new(IPNetwork.Parse("::1/128"))];

    public static AllowedHost? Parse(string entry)
    {
        if (entry.Contains('/', StringComparison.Ordinal))
            return IPNetwork.TryParse(entry, out var network) ? new AllowedHost(network) : null;
        if (IPAddress.TryParse(entry, out var address))
            return new AllowedHost(new IPNetwork(address, address.GetAddressBytes().Length * 8));

        // The only form that is left: what a URL has between its slashes.
        return Uri.TryCreate($"any://{entry}", UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 &&
            uri.Host.Length > 0 && uri.HostNameType is not UriHostNameType.Unknown && uri.Authority.Equals(entry, StringComparison.OrdinalIgnoreCase)
                ? new AllowedHost(uri.IdnHost, uri.Port >= 0 ? uri.Port : null)
                : null;
    }

    public bool Covers(string host, int port, IPAddress address) => _network is { } network
        ? network.Contains(address)
        : string.Equals(host, _host, StringComparison.OrdinalIgnoreCase) && (_port is null || _port == port);
}
