using System.Buffers.Text;

namespace Platform.Benchmarks.Load;

/// <summary>A body of unknown length (RFC 9112 section 7.1), without extensions and trailers.</summary>
internal static class ChunkedBody
{
    private const int LineEnd = 2;

    /// <summary>Joins the chunks in place when all are there; changes nothing before.</summary>
    public static bool TryJoin(Span<byte> received, out int length)
    {
        length = 0;
        if (!IsWhole(received))
        {
            return false;
        }

        for (var rest = received; Next(rest, out var start, out var size) && size > 0; rest = rest[(start + size + LineEnd)..])
        {
            rest.Slice(start, size).CopyTo(received[length..]);
            length += size;
        }

        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> rest)
    {
        while (Next(rest, out var start, out var size) && start + size + LineEnd <= rest.Length)
        {
            if (size == 0)
            {
                return true;
            }

            rest = rest[(start + size + LineEnd)..];
        }

        return false;
    }

    private static bool Next(ReadOnlySpan<byte> rest, out int start, out int size)
    {
        start = rest.IndexOf("\r\n"u8) + LineEnd;
        return Utf8Parser.TryParse(rest, out size, out _, 'x') & start >= LineEnd;
    }
}
