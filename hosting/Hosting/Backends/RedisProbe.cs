using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aspire.Hosting.Backends;

/// <summary>Asks a Redis whether it serves: AUTH and PING in RESP, without a client library.</summary>
internal static class RedisProbe
{
    /// <summary>Null when it answers, else why not.</summary>
    public static async Task<string?> AskAsync(int port, string? password, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var stream = client.GetStream();
            if (password is not null)
            {
                await stream.WriteAsync(Command("AUTH", password), cancellationToken);
                if (await ReadLineAsync(stream, cancellationToken) is not "+OK" and var refusal)
                {
                    return $"AUTH was answered with '{refusal}'";
                }
            }

            await stream.WriteAsync(Command("PING"), cancellationToken);
            return await ReadLineAsync(stream, cancellationToken) is not "+PONG" and var answer ? $"PING was answered with '{answer}'" : null;
        }
        catch (Exception away) when (away is SocketException or IOException)
        {
            return away.Message;
        }
    }

    private static byte[] Command(params string[] words)
    {
        var text = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words)
        {
            text.Append(null, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 512)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                break;
            }

            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
