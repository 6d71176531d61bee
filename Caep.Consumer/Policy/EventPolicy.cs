using System.Collections.Frozen;
using System.Text.Json;

namespace Platform.Caep.Policy;

/// <summary>What each event does, as the policy file says now. The first rule of a type that holds counts.</summary>
internal sealed class EventPolicy
{
    private readonly PolicyFile _file;
    private FrozenDictionary<string, PolicyRule[]> _rules;

    /// <exception cref="PolicyFileException">The file cannot be used.</exception>
    public EventPolicy(PolicyFile file) => (_file, _rules) = (file, Index(file.Read()));

    public EventEffect EffectOf(string eventType, JsonElement members) =>
        _rules.TryGetValue(eventType, out var rules)
            ? rules.FirstOrDefault(rule => rule.Holds(members))?.Effect ?? EventEffect.Record
            : EventEffect.Record;

    /// <summary>Takes the file up again; what is in force stays so when it cannot be used. The number of its rules.</summary>
    /// <exception cref="PolicyFileException">The file cannot be used.</exception>
    public int TakeUp()
    {
        var rules = _file.Read();
        Volatile.Write(ref _rules, Index(rules));
        return rules.Count;
    }

    private static FrozenDictionary<string, PolicyRule[]> Index(IEnumerable<PolicyRule> rules) => rules
        .GroupBy(rule => rule.EventType)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
}
