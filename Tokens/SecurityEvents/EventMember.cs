using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>A member of an event: its name and what it must be.</summary>
public sealed record EventMember
{
    private readonly Func<JsonElement, bool> _accepts;

    private EventMember(string name, string form, Func<JsonElement, bool> accepts) => (Name, Form, _accepts) = (name, form, accepts);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it must be, for people.</summary>
    public string Form { get; }

    /// <summary>Whether an event without it is refused.</summary>
    public bool IsRequired { get; private init; }

    internal EventMember Required => this with { IsRequired = true };

    internal static EventMember Text(string name) => new(name, "a text that is not empty", IsText);

    internal static EventMember Texts(string name) => new(name, "an array of texts", AreTexts);

    internal static EventMember OneOf(string name, params string[] values) => new(
        name,
        values.Length == 1 ? values[0] : $"{string.Join(", ", values[..^1])} or {values[^1]}",
        json => json.ValueKind == JsonValueKind.String && values.Contains(json.GetString()));

    internal static EventMember Time(string name) => new(name, "a time in seconds", json => json.AsTime() is not null);

    internal static EventMember Object(string name) => new(name, "a JSON object", json => json.ValueKind == JsonValueKind.Object);

    /// <summary>Texts by language (CAEP 1.0 section 2).</summary>
    internal static EventMember Localized(string name) => new(name, "an object of texts by language", AreTextsByLanguage);

    /// <summary>RISC 1.0 has one text where CAEP has one for each language; both are written.</summary>
    internal static EventMember TextOrLocalized(string name) =>
        new(name, "a text or an object of texts by language", json => IsText(json) || AreTextsByLanguage(json));

    /// <summary>Why the event is refused for this member; null when it is not.</summary>
    internal string? Refusal(JsonElement json) =>
        !json.TryGetProperty(Name, out var value) ? (IsRequired ? $"The event has no {Name}." : null)
        : _accepts(value) ? null
        : $"The {Name} is not {Form}.";

    private static bool IsText(JsonElement json) => json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 };

    private static bool AreTexts(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private static bool AreTextsByLanguage(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.EnumerateObject().Any()
        && json.EnumerateObject().All(text => text.Value.ValueKind == JsonValueKind.String);
}
