using System.Buffers.Text;
using System.Text;

namespace Platform.Benchmarks.Load;

/// <summary>An answer over the buffer of its connection.</summary>
internal readonly struct HttpAnswer
{
    private readonly ReadOnlyMemory<byte> _head;

    private HttpAnswer(int status, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body)
    {
        Status = status;
        _head = head;
        Body = body;
    }

    public int Status { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string Text => Encoding.UTF8.GetString(Body.Span);

    public string? Location => Headers("Location").FirstOrDefault();

    /// <summary>False while there is more to come.</summary>
    public static bool TryRead(Memory<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var end = received.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = received[..(end + 2)];
        var rest = received[(end + 4)..];
        if (!Utf8Parser.TryParse(head.Span["HTTP/1.1 ".Length..], out int status, out _))
        {
            throw new InvalidDataException("The server does not speak HTTP/1.1.");
        }

        if (Value(head.Span, "Content-Length"u8) is { IsEmpty: false } text && Utf8Parser.TryParse(text, out int length, out _))
        {
            answer = new HttpAnswer(status, head, length <= rest.Length ? rest[..length] : default);
            return length <= rest.Length;
        }

        if (ChunkedBody.TryJoin(rest.Span, out var joined))
        {
            answer = new HttpAnswer(status, head, rest[..joined]);
            return true;
        }

        return false;
    }

    /// <summary>All values of a header.</summary>
    public IEnumerable<string> Headers(string name) => Encoding.ASCII.GetString(_head.Span).Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim());

    // Kestrel and Node.js write it in this case.
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var start = head.IndexOf(name);
        return start < 0 ? default : head[(start + name.Length + ": ".Length)..];
    }
}
