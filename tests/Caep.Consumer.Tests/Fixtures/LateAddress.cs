using System.Net;
using System.Net.Sockets;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>An address where nobody listens until it is opened; then it leads to another, which may change.</summary>
internal sealed class LateAddress : IDisposable
{
    private volatile IPEndPoint _target;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _closed = new();

    public LateAddress(string target)
    {
        _target = IPEndPoint.Parse(target);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        var own = (IPEndPoint)_listener.LocalEndpoint;
        _listener.Stop();
        _listener = new TcpListener(own);
        Address = own.ToString();
    }

    public string Address { get; }

    public void Open()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Whoever comes from now on is led there.</summary>
    public void LeadTo(string target) => _target = IPEndPoint.Parse(target);

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            _ = RelayAsync(await _listener.AcceptTcpClientAsync(_closed.Token), _closed.Token);
        }
    }

    private async Task RelayAsync(TcpClient caller, CancellationToken closed)
    {
        using (caller)
        {
            using var callee = new TcpClient();
            await callee.ConnectAsync(_target, closed);
            await Task.WhenAny(
                caller.GetStream().CopyToAsync(callee.GetStream(), closed),
                callee.GetStream().CopyToAsync(caller.GetStream(), closed));
        }
    }
}
