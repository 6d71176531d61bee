using System.Text.Json.Nodes;

namespace Platform.IdP.Discovery;

/// <summary>What one feature says of itself in the metadata; registered by the feature that owns it.</summary>
internal sealed record MetadataPart(Action<JsonObject, IServiceProvider> AddTo)
{
    /// <summary>Whether it says something of what all others have said.</summary>
    public bool ComesLast { get; init; }

    public static JsonArray List(IEnumerable<string> values) =>
        new([.. values.Select(value => JsonValue.Create(value))]);
}
