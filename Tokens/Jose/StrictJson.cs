using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>
/// JSON as a verifier must read it: a member that stands twice is refused (RFC 7515 section 4, RFC 7519 section 4),
/// nesting is bounded, all characters are whole, and neither comments nor trailing commas are understood.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Tokens are not HTML: <c>at+jwt</c> is written as it is.</summary>
    public static JsonWriterOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object in its own memory, or null.</summary>
    public static bool TryParseObject(ReadOnlySpan<byte> utf8, out JsonElement json)
    {
        json = default;
        if (!JsonCharacters.AreWhole(utf8))
        {
            return false;
        }

        try
        {
            json = JsonElement.Parse(utf8, Options);
            return json.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The object over the given memory, to be disposed when it has been read.</summary>
    public static bool TryParseObject(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (!JsonCharacters.AreWhole(utf8.Span))
        {
            return false;
        }

        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException)
        {
            return false;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        document.Dispose();
        document = null;
        return false;
    }
}
