using System.Buffers;
using System.Text.Json;

namespace Platform.IdP.Protocol;

internal static class JsonAnswers
{
    /// <summary>Writes a whole body with its length: it leaves in one piece, where chunks would need a second one for their end.</summary>
    public static async Task WriteJsonAsync(
        this HttpResponse response, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        response.ContentLength = Write(response.BodyWriter, write);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static long Write(IBufferWriter<byte> body, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(body);
        write(json);
        json.Flush();
        return json.BytesCommitted;
    }
}
