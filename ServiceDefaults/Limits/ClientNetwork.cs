using System.Net;
using System.Net.Sockets;

namespace Platform.ServiceDefaults.Limits;

/// <summary>Whom requests of an address are counted for.</summary>
public static class ClientNetwork
{
    /// <summary>Whoever has one IPv6 address has the 2^64 of its network; an IPv4 address stands for itself.</summary>
    public static IPAddress Of(IPAddress? address) => address switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]),
        _ => address,
    };
}
