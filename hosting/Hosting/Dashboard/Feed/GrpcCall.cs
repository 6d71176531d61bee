using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>
/// A call over HTTP/2. Every message is preceded by five bytes: whether it is compressed, which it never is here, and its length.
/// </summary>
internal sealed class GrpcCall(HttpContext http, CancellationToken cancellationToken)
{
    private const int PrefixLength = 5;
    private const int LongestRequest = 64 * 1024;

    /// <summary>The caller hung up, or the application stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The next message of the caller; null when there is none, or what he sent is none.</summary>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser) where T : class, IMessage<T>
    {
        try
        {
            var prefix = new byte[PrefixLength];
            await http.Request.Body.ReadExactlyAsync(prefix, CancellationToken);
            var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
            if (prefix[0] != 0 || length > LongestRequest)
            {
                return null;
            }

            var message = new byte[length];
            await http.Request.Body.ReadExactlyAsync(message, CancellationToken);
            return parser.ParseFrom(message);
        }
        catch (Exception broken) when (broken is IOException or InvalidProtocolBufferException) // a caller that ends, or hangs up
        {
            return null;
        }
    }

    public async Task WriteAsync(IMessage message)
    {
        var length = message.CalculateSize();
        var writer = http.Response.BodyWriter;
        var buffer = writer.GetSpan(PrefixLength + length)[..(PrefixLength + length)];
        buffer[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(buffer[1..], length);
        message.WriteTo(buffer[PrefixLength..]);
        writer.Advance(buffer.Length);
        await writer.FlushAsync(CancellationToken);
    }

    /// <summary>Lets the caller know that he was heard, before there is anything to say.</summary>
    public async Task AcknowledgeAsync() => await http.Response.BodyWriter.FlushAsync(CancellationToken);
}
