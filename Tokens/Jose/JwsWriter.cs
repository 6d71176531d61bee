using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Platform.Tokens.Jose;

internal static class JwsWriter
{
    private const byte Dot = (byte)'.';

    /// <summary>Signs what the encoded header and the payload make (RFC 7515 section 5.1).</summary>
    public static string Write(SigningKey key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        Span<byte> signature = stackalloc byte[key.SignatureLength];
        var length = header.Length + Base64Url.GetEncodedLength(payload.Length)
            + Base64Url.GetEncodedLength(signature.Length) + ".".Length + ".".Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            header.CopyTo(buffer);
            var end = header.Length;
            buffer[end++] = Dot;
            end += Base64Url.EncodeToUtf8(payload, buffer.AsSpan(end));
            key.Sign(buffer.AsSpan(0, end), signature);
            buffer[end++] = Dot;
            end += Base64Url.EncodeToUtf8(signature, buffer.AsSpan(end));
            return Encoding.ASCII.GetString(buffer, 0, end);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
