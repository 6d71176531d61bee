using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Contestants;

/// <summary>A Redis of its own, without persistence.</summary>
internal static class RedisProcess
{
    public static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        "redis-server",
        ["--port", FreePort().ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        new Dictionary<string, string>());

    // Redis takes port 0 for none.
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
