using System.Text.Json;

namespace Platform.Doctor.Evidence;

/// <summary>The provider's metadata as they are served (OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2).</summary>
internal sealed record Metadata(JsonElement Json)
{
    public string? Text(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public bool Flag(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    /// <summary>Null when it says nothing of that.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Json.TryGetProperty(name, out var values) && values.ValueKind is JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(value => value.ValueKind is JsonValueKind.String).Select(value => value.GetString()!)]
            : null;

    public bool Lists(string name, string value) => Texts(name)?.Contains(value) is true;
}
