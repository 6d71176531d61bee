using System.Net;
using System.Net.Sockets;
using Platform.Sessions;

namespace Platform.Bff.Session.Devices;

/// <summary>What a request tells of the device that it came from.</summary>
internal static class ClientDevice
{
    public static SessionDevice Of(HttpContext http)
    {
        var (browser, system) = UserAgent.Parse(http.Request.Headers.UserAgent);
        return new SessionDevice(browser, system, Network(http.Connection.RemoteIpAddress));
    }

    /// <summary>A whole address would tell more of a person than recognising a sign-in takes.</summary>
    internal static string? Network(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => Network(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => Cut(address, 24),
        _ => Cut(address, 48),
    };

    private static string Cut(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return new IPNetwork(new IPAddress(bytes), bits).ToString();
    }
}
