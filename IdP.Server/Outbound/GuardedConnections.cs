using System.Net;
using System.Net.Sockets;

namespace Platform.IdP.Outbound;

/// <summary>
/// Opens connections for <see cref="OutboundClient"/>. The name is resolved here, each address is checked, and the
/// connection goes to an address that passed: nobody can answer with another one in between (DNS rebinding).
/// </summary>
internal sealed class GuardedConnections(
    IReadOnlyCollection<AllowedHost> exemptions, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isPlain = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp;
        var addresses = await resolve(host, cancellationToken);
        var permitted = addresses.Where(address => MayConnect(host, port, PublicAddresses.Plain(address), address, isPlain)).ToArray();
        if (permitted.Length == 0)
        {
            throw new GuardException(isPlain
                ? "http is only for exempted hosts"
                : $"{host} has no public address (Idp:Outbound:AllowedHosts exempts hosts and networks)");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayConnect(string host, int port, IPAddress plain, IPAddress address, bool isPlain) =>
        exemptions.Any(exemption => exemption.Covers(host, port, plain)) || (!isPlain && PublicAddresses.Contains(address));
}

/// <summary>The guard refused an address; HttpClient only lets exceptions through.</summary>
internal sealed class GuardException(string reason) : IOException(reason);
