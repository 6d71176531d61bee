using System.Text.Json;

namespace Platform.Caep.Policy;

/// <summary>One line of the policy: what events of a type do, when their members have these values.</summary>
internal sealed record PolicyRule(string EventType, IReadOnlyDictionary<string, IReadOnlyList<string>> When, EventEffect Effect)
{
    public bool Holds(JsonElement members) => When.All(condition =>
        members.TryGetProperty(condition.Key, out var value) &&
        value.ValueKind == JsonValueKind.String &&
        condition.Value.Contains(value.GetString()));
}
