using System.Buffers;
using System.Net.Sockets;

namespace Aspire.Hosting.Run;

/// <summary>Carries bytes both ways. When one side has said all, the other is told, and may go on answering.</summary>
internal static class SocketRelay
{
    private const int BufferSize = 32 * 1024;

    public static async Task RunAsync(Socket client, Socket server, CancellationToken cancellationToken)
    {
        client.NoDelay = true;
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(CarryAsync(client, server, broken), CarryAsync(server, client, broken));
        if (broken.IsCancellationRequested)
        {
            // What broke off on one side must not look complete on the other: closed by a reset.
            client.LingerState = server.LingerState = new(enable: true, seconds: 0);
        }
    }

    private static async Task CarryAsync(Socket from, Socket to, CancellationTokenSource broken)
    {
        try
        {
            while (true)
            {
                // An idle connection holds no buffer: a read of nothing waits until there is something.
                await from.ReceiveAsync(Memory<byte>.Empty, broken.Token);
                var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
                try
                {
                    var read = await from.ReceiveAsync(buffer, broken.Token);
                    if (read == 0)
                    {
                        to.Shutdown(SocketShutdown.Send);
                        return;
                    }

                    for (var sent = 0; sent < read;)
                    {
                        sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), broken.Token);
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side broke off: so does the other.
            await broken.CancelAsync();
        }
    }
}
