using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Aspire.Hosting.Run;

/// <summary>
/// Ports for processes to bind. They lie below the range from which systems take ports for outgoing connections and for port 0,
/// so that nobody is given one between our choice and the process's bind; none is chosen twice in a process.
/// </summary>
internal static class TargetPorts
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _next = RandomNumberGenerator.GetInt32(Count);

    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port)))
            {
                return port;
            }
        }

        throw new DistributedApplicationException($"None of the ports {First} to {First + Count - 1} is free: end what holds them.");
    }

    private static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException taken)
        {
            return taken.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
