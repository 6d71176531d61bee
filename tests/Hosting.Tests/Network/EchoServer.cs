using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Hosting.Tests.Network;

/// <summary>Reads to the end, then answers its name and what it read.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _name;

    public EchoServer(string name)
    {
        _name = name;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            var question = await reader.ReadToEndAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{_name}:{question}"));
        }
    }
}
