using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>HTTP/1.1 over TLS without a client's help: what is sent may be wrong in ways that no client would send.</summary>
internal sealed class RawConnection(IdpServer server) : IDisposable
{
    private SslStream? _stream;

    /// <summary>The answer; null when the server closed the connection without one.</summary>
    public async Task<FuzzAnswer?> SendAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        var reused = _stream is not null;
        var answer = await TrySendAsync(request, cancellationToken);

        // A server may close a connection that is idle at any time.
        return answer is null && reused ? await TrySendAsync(request, cancellationToken) : answer;
    }

    public void Dispose() => Close();

    private async Task<FuzzAnswer?> TrySendAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        var stream = _stream ??= await ConnectAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(request.ToBytes(), cancellationToken);
        }
        catch (IOException)
        {
            // Refused before all of it was sent: the answer may be there all the same.
        }

        try
        {
            var answer = await ReadAsync(stream, request.Method == "HEAD", cancellationToken);
            if (answer is null || answer.Header("Connection").Contains("close", StringComparison.OrdinalIgnoreCase))
            {
                Close();
            }

            return answer;
        }
        catch (IOException)
        {
            Close();
            return null;
        }
    }

    private async Task<SslStream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), false, (_, shown, _, _) => server.IsItsCertificate(shown));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "idp.test" }, cancellationToken);
        return stream;
    }

    private static async Task<FuzzAnswer?> ReadAsync(Stream stream, bool isHead, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = new List<string>();
            while (await ReadLineAsync(stream, cancellationToken) is { } line && line.Length > 0)
            {
                head.Add(line);
            }

            if (head.Count == 0)
            {
                return null;
            }

            var answer = new FuzzAnswer(int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture),
                [.. head.Skip(1).Select(line => (line.Split(':', 2)[0], line.Split(':', 2)[1].Trim()))], "");
            if (answer.Status >= 200)
            {
                return isHead || answer.Status is 204 or 304 ? answer : answer with { Body = await ReadBodyAsync(stream, answer, cancellationToken) };
            }
        }
    }

    private static async Task<string> ReadBodyAsync(Stream stream, FuzzAnswer answer, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (answer.Header("Transfer-Encoding") == "chunked")
        {
            while (int.Parse((await ReadLineAsync(stream, cancellationToken))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await CopyAsync(stream, body, size, cancellationToken);
                await ReadLineAsync(stream, cancellationToken);
            }

            await ReadLineAsync(stream, cancellationToken);
        }
        else if (int.TryParse(answer.Header("Content-Length"), CultureInfo.InvariantCulture, out var length))
        {
            await CopyAsync(stream, body, length, cancellationToken);
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, int length, CancellationToken cancellationToken)
    {
        var buffer = new byte[length];
        await from.ReadExactlyAsync(buffer, cancellationToken);
        to.Write(buffer);
    }

    private static async Task<string?> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellationToken) > 0)
        {
            if (one[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return line.Count == 0 ? null : Encoding.Latin1.GetString([.. line]);
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}

internal sealed record FuzzAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public string Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public bool Is(string mediaType) => Header("Content-Type").Split(';')[0] == mediaType;
}
