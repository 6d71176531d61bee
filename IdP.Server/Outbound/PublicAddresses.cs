using System.Net;
using System.Net.Sockets;

namespace Platform.IdP.Outbound;

/// <summary>
/// Tells addresses of the public internet from those of this machine, its network and its cloud (server-side request
/// forgery). What is not known to be public is not (IANA special-purpose address registries).
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network, unspecified
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and the metadata service of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarking
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/3"), // multicast, reserved, broadcast
    ];

    // All other IPv6, unique-local, link-local and multicast among it, is not global unicast.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo among them
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    // IPv4 in IPv6: where the four octets stand (RFC 6052, RFC 3056).
    private static readonly (IPNetwork Prefix, int Offset)[] Embedding =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    public static bool Contains(IPAddress address) => Plain(address) is { AddressFamily: AddressFamily.InterNetwork } four
        ? !Array.Exists(Special4, network => network.Contains(four))
        : GlobalUnicast.Contains(address) && !Array.Exists(Special6, network => network.Contains(address));

    /// <summary>The IPv4 address that an IPv6 address stands for, else the address itself.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        // IPNetwork compares mapped addresses wrongly: none may reach it.
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        foreach (var (prefix, offset) in Embedding)
        {
            if (address.AddressFamily is AddressFamily.InterNetworkV6 && prefix.Contains(address))
            {
                return new IPAddress(address.GetAddressBytes().AsSpan(offset, 4));
            }
        }

        return address;
    }
}
