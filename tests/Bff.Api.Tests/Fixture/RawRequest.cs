using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Platform.Bff.Tests.Fixture;

/// <summary>A request as it stands, which no HttpClient has tidied up.</summary>
internal static class RawRequest
{
    /// <summary>The status line of the answer.</summary>
    public static async Task<string> SendAsync(BffReplica replica, string head)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, replica.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(TestCertificate.Trust, TestContext.Current.CancellationToken);
        await tls.WriteAsync(Encoding.Latin1.GetBytes(head), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tls);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }

    /// <summary>A call of the portal's own script.</summary>
    public static Task<string> CallAsync(BffReplica replica, Browser browser, string target) => SendAsync(
        replica,
        $"GET {target} HTTP/1.1\r\nHost: {Portal.Host}\r\nX-CSRF: 1\r\nCookie: __Host-bff={browser.Handle}\r\nConnection: close\r\n\r\n");
}
