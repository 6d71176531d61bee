using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Platform.Spa.Tests.Pages;

/// <summary>A request whose target goes out as it is: HttpClient would tidy it first.</summary>
internal static class RawRequest
{
    public static async Task<int> StatusAsync(Uri server, string target, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n\r\n"),
            cancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var statusLine = await reader.ReadLineAsync(cancellationToken);
        return int.Parse(statusLine!.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
