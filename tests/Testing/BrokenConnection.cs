using System.Net;
using System.Net.Sockets;

namespace Platform.Testing;

/// <summary>A peer that breaks each connection by a reset as soon as it has accepted it.</summary>
public sealed class BrokenConnection : IDisposable
{
    private readonly TcpListener _peer = new(IPAddress.Loopback, 0);

    public BrokenConnection() => _peer.Start();

    /// <summary>A handler whose connections go there, whatever the address of a request. .NET's pool fails on such with a <see cref="SocketException"/>.</summary>
    public SocketsHttpHandler NewHandler() => new() { ConnectCallback = (_, cancellationToken) => ConnectAsync(cancellationToken) };

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync((IPEndPoint)_peer.LocalEndpoint, cancellationToken);
        using (var accepted = await _peer.AcceptSocketAsync(cancellationToken))
        {
            accepted.LingerState = new LingerOption(enable: true, seconds: 0); // closes by a reset
        }

        return socket.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead)
            ? new NetworkStream(socket, ownsSocket: true)
            : throw new TimeoutException("The reset did not come.");
    }

    public void Dispose() => _peer.Dispose();
}
