using System.Net.Sockets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// .NET's connection pool asks a new connection for its peer's address; if the peer has broken it by then, a bare
/// <see cref="SocketException"/> comes out, which nobody who waits for an <see cref="HttpRequestException"/> expects.
/// </summary>
internal sealed class BrokenConnectionHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException broken)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, broken.Message, broken);
        }
    }
}
