using Platform.Tokens.SecurityEvents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Caep.Policy;

/// <summary>Reads the policy strictly: what is not known or missing is a fault, for a typing error must not let a session live.</summary>
internal sealed class PolicyFile(string path)
{
    private const string Rules = "rules";

    /// <summary>Which version it is, by its date: notifications do not reach every kind of mounted folder.</summary>
    public (DateTime Written, long Length) Look()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    /// <exception cref="PolicyFileException">The file cannot be used.</exception>
    public IReadOnlyList<PolicyRule> Read() =>
        LoadDocument() is { Children.Count: 1 } document && document.Children.TryGetValue(Rules, out var rules) && rules is YamlSequenceNode list
            ? [.. list.Children.Select(ReadRule)]
            : throw new PolicyFileException(path, 1, $"expected the list '{Rules}:' and nothing else at the top.");

    private PolicyRule ReadRule(YamlNode node)
    {
        if (node is not YamlMappingNode rule)
        {
            throw Fault(node, "expected a rule with 'event' and 'do'.");
        }

        if (rule.Children.Keys.FirstOrDefault(key => key is not YamlScalarNode { Value: "event" or "when" or "do" }) is { } unknown)
        {
            throw Fault(unknown, $"'{unknown}' is not known here: use event, when and do.");
        }

        var type = TypeOf(Required(rule, "event"));
        var effect = Required(rule, "do");
        return new PolicyRule(
            type,
            rule.Children.TryGetValue("when", out var when) ? ReadConditions(when, type) : new Dictionary<string, IReadOnlyList<string>>(),
            EventEffects.Parse(effect.Value!)
                ?? throw Fault(effect, $"'{effect.Value}' is nothing that an event can do: use {string.Join(", ", EventEffects.All)}."));
    }

    private string TypeOf(YamlScalarNode node) =>
        EventTypes.Find(node.Value!) is { } known && !EventTypes.OfStreams.Contains(known) ? known
        : EventTypes.Find(node.Value!) is null && Uri.TryCreate(node.Value, UriKind.Absolute, out _) ? node.Value!
        : throw Fault(node, $"'{node.Value}' is no event type: use one of {string.Join(", ", EventTypes.OfSubjects.Select(EventTypes.ShortName))}, or a URI.");

    private Dictionary<string, IReadOnlyList<string>> ReadConditions(YamlNode node, string type)
    {
        if (node is not YamlMappingNode { Children.Count: > 0 } conditions)
        {
            throw Fault(node, "'when' must give at least one member its values.");
        }

        if (conditions.Children.Keys.FirstOrDefault(key => key is not YamlScalarNode { Value.Length: > 0 }) is { } odd)
        {
            throw Fault(odd, "'when' must name members of the event.");
        }

        var members = EventSchema.Of(type).Members;
        if (members.Count > 0 && conditions.Children.Keys.FirstOrDefault(key =>
                members.All(member => member.Name != (key as YamlScalarNode)?.Value)) is { } stranger)
        {
            throw Fault(stranger, $"'{stranger}' is no member of {EventTypes.ShortName(type)}: use one of {string.Join(", ", members.Select(member => member.Name))}.");
        }

        return conditions.Children.ToDictionary(
            condition => ((YamlScalarNode)condition.Key).Value!,
            condition => condition.Value switch
            {
                YamlScalarNode { Value.Length: > 0 } value => (IReadOnlyList<string>)[value.Value],
                YamlSequenceNode { Children.Count: > 0 } values when values.Children.All(value => value is YamlScalarNode { Value.Length: > 0 }) =>
                    [.. values.Children.Cast<YamlScalarNode>().Select(value => value.Value!)],
                var other => throw Fault(other, "a condition must be a value or a list of values."),
            });
    }

    private YamlScalarNode Required(YamlMappingNode rule, string name) =>
        rule.Children.TryGetValue(name, out var node) && node is YamlScalarNode { Value.Length: > 0 } text
            ? text
            : throw Fault(rule, $"'{name}' is missing in this rule: add it.");

    private YamlMappingNode LoadDocument()
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            stream.Load(reader);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new PolicyFileException(path, 1, $"the file cannot be read ({missing.Message}): set Policy:File to where it is.");
        }
        catch (YamlException broken)
        {
            throw new PolicyFileException(path, broken.Start.Line, $"this is not valid YAML ({broken.Message}).");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode document }]
            ? document
            : throw new PolicyFileException(path, 1, $"expected one document with '{Rules}:' at its top.");
    }

    private PolicyFileException Fault(YamlNode node, string fault) => new(path, node.Start.Line, fault);
}
