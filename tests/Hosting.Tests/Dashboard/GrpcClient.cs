using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Aspire.Hosting.Dashboard.Feed;
using Google.Protobuf;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>As much of a gRPC client as the tests need, written by hand against the wire.</summary>
internal sealed class GrpcClient(Uri address, string? key) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    public Task<HttpResponseMessage> SendAsync(string path, byte[] body, CancellationToken cancellationToken) => SendAsync(
        path, new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } }, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        if (key is not null)
        {
            request.Headers.Add(GrpcServer.KeyHeader, key);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>The messages of the answer as they come; an <see cref="GrpcFailure"/> at the end unless all went well.</summary>
    public IAsyncEnumerable<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T> => CallAsync(
            method, new ByteArrayContent(Frame(request.ToByteArray())) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            parser, cancellationToken);

    public async IAsyncEnumerable<T> CallAsync<T>(
        string method, HttpContent request, MessageParser<T> parser, [EnumeratorCancellation] CancellationToken cancellationToken) where T : IMessage<T>
    {
        using var response = await SendAsync($"/aspire.v1.DashboardService/{method}", request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var prefix = new byte[5];
        while (await body.ReadAtLeastAsync(prefix, 5, throwOnEndOfStream: false, cancellationToken) == 5)
        {
            var message = new byte[BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(message, cancellationToken);
            yield return parser.ParseFrom(message);
        }

        var status = int.Parse(response.TrailingHeaders.GetValues("grpc-status").Single());
        if (status != 0)
        {
            throw new GrpcFailure(status, Uri.UnescapeDataString(response.TrailingHeaders.GetValues("grpc-message").Single()));
        }
    }

    public async Task<T> AskAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellationToken) where T : IMessage<T>
    {
        var answers = new List<T>();
        await foreach (var answer in CallAsync(method, request, parser, cancellationToken))
        {
            answers.Add(answer);
        }

        return Assert.Single(answers);
    }

    public static byte[] Frame(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}

internal sealed class GrpcFailure(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
