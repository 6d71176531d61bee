using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.Run;

namespace Platform.Hosting.Tests.Network;

public sealed class EndpointProxyTests : IAsyncDisposable
{
    private readonly EndpointProxy _proxy = EndpointProxy.Listen(0);
    private readonly List<EchoServer> _servers = [];

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Takes_the_replicas_in_turn()
    {
        Serve("a", "b");

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await AskAsync("?"));
        }

        Assert.Equal(2, answers.Count(answer => answer == "a:?"));
        Assert.Equal(2, answers.Count(answer => answer == "b:?"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Tries_the_next_when_one_does_not_answer()
    {
        Serve("a", "b");
        _servers[0].Dispose();

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("b:?", await AskAsync("?"));
        }
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Prefers_those_that_are_ready()
    {
        Serve("a", "b");
        _proxy.Set("a", _servers[0].Port, ready: false);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("b:?", await AskAsync("?"));
        }
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Lets_one_side_go_on_after_the_other_has_said_all()
    {
        // The server answers only once the client has closed its half.
        Serve("a");
        var question = new string('x', 1_000_000);

        Assert.Equal($"a:{question}", await AskAsync(question));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Breaks_off_at_once_when_nobody_is_there()
    {
        using var client = new TcpClient();

        var failure = await Record.ExceptionAsync(async () =>
        {
            await client.ConnectAsync(IPAddress.Loopback, _proxy.Port, Deadline.Token);
            await client.GetStream().ReadExactlyAsync(new byte[1], Deadline.Token);
        });

        Assert.True(failure is IOException or SocketException, failure?.ToString());
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Answers_on_both_addresses_of_localhost()
    {
        Serve("a");

        Assert.Equal("a:4", await AskAsync("4", IPAddress.Loopback));
        if (Socket.OSSupportsIPv6)
        {
            Assert.Equal("a:6", await AskAsync("6", IPAddress.IPv6Loopback));
        }
    }

    [Fact]
    public void Does_not_share_its_port() =>
        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(() => EndpointProxy.Listen(_proxy.Port)).SocketErrorCode);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _servers.ForEach(server => server.Dispose());
    }

    private void Serve(params string[] names)
    {
        foreach (var name in names)
        {
            var server = new EchoServer(name);
            _servers.Add(server);
            _proxy.Set(name, server.Port, ready: true);
        }
    }

    private async Task<string> AskAsync(string question, IPAddress? address = null)
    {
        using var client = new TcpClient(address?.AddressFamily ?? AddressFamily.InterNetwork);
        await client.ConnectAsync(address ?? IPAddress.Loopback, _proxy.Port, Deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question), Deadline.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(Deadline.Token);
    }
}
