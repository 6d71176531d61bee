using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Load;

/// <summary>
/// A connection that is kept alive, with one request at a time. HttpClient would use more of the machine than what is
/// measured; this knows as much of HTTP/1.1 as the contestants answer.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[LargestAnswer];

    public static async Task<HttpConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return connection;
    }

    /// <summary>Sends the request; the answer is good until the next one.</summary>
    public async ValueTask<HttpAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..], cancellationToken);
        }

        for (var length = 0; ;)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += received > 0 ? received : throw new IOException("The server closed the connection within an answer.");
            if (HttpAnswer.TryRead(_buffer.AsMemory(0, length), out var answer))
            {
                return answer;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
