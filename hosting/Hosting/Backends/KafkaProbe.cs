using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Backends;

/// <summary>Asks a Kafka broker whether it serves: one ApiVersions request, without a client library.</summary>
internal static class KafkaProbe
{
    // Size, key 18 (ApiVersions), version 0, correlation id 1, no client id.
    private static readonly byte[] ApiVersions = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF];

    /// <summary>Null when it answers, else why not.</summary>
    public static async Task<string?> AskAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(ApiVersions, cancellationToken);

            // Size, correlation id, error code.
            var answer = new byte[10];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            var error = BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(8));
            return error == 0 ? null : $"the broker answered with error {error}";
        }
        catch (Exception away) when (away is SocketException or IOException)
        {
            return away.Message;
        }
    }
}
