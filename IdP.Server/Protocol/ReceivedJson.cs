using System.Text;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.IdP.Protocol;

/// <summary>JSON within a parameter: no member stands twice, nesting is bounded, all characters are whole, no comments.</summary>
internal static class ReceivedJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The value if it is of the kind that is expected, else null.</summary>
    public static JsonElement? Parse(string text, JsonValueKind kind)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (!JsonCharacters.AreWhole(utf8))
        {
            return null;
        }

        try
        {
            var json = JsonElement.Parse(utf8, Options);
            return json.ValueKind == kind ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The JSON object of the body, or null when it is none.</summary>
    public static async Task<JsonElement?> ReadObjectAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return Parse(await reader.ReadToEndAsync(request.HttpContext.RequestAborted), JsonValueKind.Object);
    }

    /// <summary>The texts of an array, or null when it is none or holds something else.</summary>
    public static IReadOnlyList<string>? Texts(JsonElement array) =>
        array.ValueKind is JsonValueKind.Array && array.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
