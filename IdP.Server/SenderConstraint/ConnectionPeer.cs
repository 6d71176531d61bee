using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Platform.IdP.SenderConstraint;

/// <summary>
/// Who stands at the other end of the connection. RemoteIpAddress does not say so: it may have been taken from X-Forwarded-For.
/// </summary>
internal sealed record ConnectionPeer(IPAddress? Address)
{
    public static void Remember(KestrelServerOptions kestrel) => kestrel.ConfigureEndpointDefaults(
        listener => listener.Use(next => connection =>
        {
            connection.Features.Set(Of(connection.RemoteEndPoint));
            return next(connection);
        }));

    private static ConnectionPeer Of(EndPoint? peer) => new(peer switch
    {
        IPEndPoint { Address: { IsIPv4MappedToIPv6: true } mapped } => mapped.MapToIPv4(),
        IPEndPoint { Address: var address } => address,
        _ => null,
    });
}
