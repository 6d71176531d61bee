using System.Buffers;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>A JSON writer with its buffer. Each thread keeps one, since tokens are made often and one at a time.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int InitialCapacity = 1024;
    private const int KeptCapacity = 16 * 1024;

    [ThreadStatic]
    private static JsonBuffer? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(InitialCapacity);

    private JsonBuffer()
    {
        Writer = new Utf8JsonWriter(_buffer, StrictJson.Plain);
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written; good until the buffer is given back.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Writer.Flush();
            return _buffer.WrittenSpan;
        }
    }

    public static JsonBuffer Rent()
    {
        var buffer = _kept ?? new JsonBuffer();
        _kept = null;
        return buffer;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > KeptCapacity)
        {
            return;
        }

        _buffer.ResetWrittenCount();
        Writer.Reset();
        _kept = this;
    }
}
