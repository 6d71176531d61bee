using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Run;

/// <summary>
/// The stable address of an endpoint: holds the public port as long as the application runs, and forwards every connection to one
/// of the replicas, in turn; where one does not answer, to the next. Bytes only: TLS ends in the service.
/// </summary>
internal sealed class EndpointProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ImmutableArray<Socket> _listeners;
    private readonly List<Task> _accepting;
    private ImmutableDictionary<string, Target> _targets = ImmutableDictionary<string, Target>.Empty;
    private uint _turn;

    private EndpointProxy(ImmutableArray<Socket> listeners)
    {
        _listeners = listeners;
        Port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        _accepting = [.. listeners.Select(AcceptAsync)];
    }

    public int Port { get; }

    /// <summary>Listens on the port, or on one that is free when it is 0. <see cref="SocketException"/> when it is taken.</summary>
    public static EndpointProxy Listen(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            var first = LoopbackListener.Open(IPAddress.Loopback, port);
            if (!Socket.OSSupportsIPv6)
            {
                return new([first]);
            }

            try
            {
                return new([first, LoopbackListener.Open(IPAddress.IPv6Loopback, ((IPEndPoint)first.LocalEndPoint!).Port)]);
            }
            catch (SocketException missing) when (missing.SocketErrorCode == SocketError.AddressNotAvailable)
            {
                return new([first]);
            }
            catch (SocketException) when (port == 0 && attempt < 20)
            {
                first.Dispose();
            }
            catch
            {
                first.Dispose();
                throw;
            }
        }
    }

    /// <summary>A replica listens on this port. Those that are ready are tried first.</summary>
    public void Set(string instance, int port, bool ready) =>
        ImmutableInterlocked.AddOrUpdate(ref _targets, instance, new Target(port, ready), (_, _) => new(port, ready));

    public void Remove(string instance) => ImmutableInterlocked.TryRemove(ref _targets, instance, out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        await Task.WhenAll(_accepting);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptAsync(_stop.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            using var server = await ConnectAsync();
            if (server is null)
            {
                client.LingerState = new(enable: true, seconds: 0); // a reset says at once that nobody is there
                return;
            }

            await SocketRelay.RunAsync(client, server, _stop.Token);
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var targets = _targets.OrderBy(target => target.Key, StringComparer.Ordinal).Select(target => target.Value).ToList();
        var ready = targets.Where(target => target.Ready).ToList();
        foreach (var target in InTurn(ready).Concat(targets.Where(target => !target.Ready)))
        {
            foreach (var address in LoopbackListener.Addresses)
            {
                var server = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await server.ConnectAsync(address, target.Port, _stop.Token);
                    return server;
                }
                catch (Exception refused) when (refused is SocketException or OperationCanceledException)
                {
                    server.Dispose();
                }
            }
        }

        return null;
    }

    private IEnumerable<Target> InTurn(List<Target> targets)
    {
        var start = Interlocked.Increment(ref _turn);
        return Enumerable.Range(0, targets.Count).Select(i => targets[(int)((start + (uint)i) % (uint)targets.Count)]);
    }

    private sealed record Target(int Port, bool Ready);
}
