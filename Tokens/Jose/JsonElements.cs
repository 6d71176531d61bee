using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>Reads members of a JSON object, where a member of another kind counts as absent.</summary>
internal static class JsonElements
{
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether the member is exactly this text; compared in place.</summary>
    public static bool Is(this JsonElement json, string name, string text) =>
        json.TryGetProperty(name, out var value) && value.IsText(text);

    public static bool IsText(this JsonElement json, string text) =>
        json.ValueKind == JsonValueKind.String && json.ValueEquals(text);

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    /// <summary>A NumericDate (RFC 7519 section 2); fractions of a second are cut.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.AsTime() : null;

    /// <summary>The element as a NumericDate.</summary>
    public static DateTimeOffset? AsTime(this JsonElement value)
    {
        const double Year9999 = 253_402_300_799;
        return value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and <= Year9999
                ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                : null;
    }

    /// <summary>Whether the audience, one string or an array of them (RFC 7519 section 4.1.3), has this member.</summary>
    public static bool IsFor(this JsonElement json, string audience) =>
        json.Is("aud", audience)
        || (json.TryGetProperty("aud", out var value)
            && value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().Any(item => item.IsText(audience)));

    /// <summary>Whether the audience has this member and no other.</summary>
    public static bool IsForNobodyBut(this JsonElement json, string audience) =>
        json.IsFor(audience)
        && json.GetProperty("aud") is var value
        && (value.ValueKind == JsonValueKind.String || value.GetArrayLength() == 1);
}
