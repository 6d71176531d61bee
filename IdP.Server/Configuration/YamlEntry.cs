using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.IdP.Configuration;

/// <summary>One entry of a <see cref="ConfigurationFile"/>; remembers which members were asked for.</summary>
internal sealed class YamlEntry(ConfigurationFile file, YamlMappingNode mapping)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Text(string name) => OptionalText(name)
        ?? throw file.Fault(mapping, $"'{name}' is missing in this entry: add it.");

    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value.Length: > 0 } scalar => file.Expand(scalar),
        var other => throw file.Fault(other, $"'{name}' must be a text that is not empty."),
    };

    public IReadOnlyList<string> Texts(string name) => OptionalTexts(name)
        ?? throw file.Fault(mapping, $"'{name}' is missing in this entry: add a list.");

    public IReadOnlyList<string>? OptionalTexts(string name) => Find(name) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Children.Select(child => child is YamlScalarNode { Value.Length: > 0 } scalar
            ? file.Expand(scalar)
            : throw file.Fault(child, $"'{name}' must be a list of texts."))],
        var other => throw file.Fault(other, $"'{name}' must be a list of texts."),
    };

    /// <summary>One of the known values.</summary>
    public string? OptionalChoice(string name, params string[] known) => OptionalText(name) switch
    {
        null => null,
        { } value when known.Contains(value) => value,
        _ => throw Fault(name, $"'{name}' must be of {string.Join(", ", known)}."),
    };

    /// <summary>At least one of the known values.</summary>
    public IReadOnlyList<string> Choices(string name, params string[] known) => Texts(name) is { Count: > 0 } values && values.All(known.Contains)
        ? values
        : throw Fault(name, $"'{name}' must be of {string.Join(", ", known)}.");

    /// <summary>A member that gives each of some names one text.</summary>
    public Dictionary<string, string>? OptionalTextsByName(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode map => map.Children.ToDictionary(
            child => ((YamlScalarNode)child.Key).Value!,
            child => child.Value is YamlScalarNode { Value.Length: > 0 } scalar
                ? file.Expand(scalar)
                : throw file.Fault(child.Value, $"'{name}' must give each name one text.")),
        var other => throw file.Fault(other, $"'{name}' must give each name one text."),
    };

    public bool Flag(string name) => OptionalFlag(name) ?? false;

    public int? OptionalNumber(string name) => OptionalText(name) switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Fault(name, $"'{name}' must be a whole number."),
    };

    /// <summary>A member of any form, as JSON.</summary>
    public string? OptionalJson(string name) => Find(name) is { } node ? ToJson(node)?.ToJsonString() : null;

    /// <summary>All members, as they are.</summary>
    public JsonObject AllJson()
    {
        Accept([.. Names]);
        return (JsonObject)ToJson(mapping)!;
    }

    public bool? OptionalFlag(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: "true" } => true,
        YamlScalarNode { Value: "false" } => false,
        var other => throw file.Fault(other, $"'{name}' must be true or false."),
    };

    /// <summary>The entry under a name.</summary>
    public T Section<T>(string name, Func<YamlEntry, T> read) => Find(name) switch
    {
        null => throw file.Fault(mapping, $"'{name}' is missing: add it."),
        YamlMappingNode node => ReadEntry(node, read),
        var other => throw file.Fault(other, $"'{name}' must have names below it."),
    };

    /// <summary>The entries under a name, each with a name of its own.</summary>
    public IReadOnlyList<T> Sections<T>(string name, Func<string, YamlEntry, T> read) => Section(name, section =>
        section.Names.Select(child => section.Section(child, entry => read(child, entry))).ToList());

    public IEnumerable<string> Names => mapping.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Members that are kept for others, and not used here.</summary>
    public void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>A fault of one member, at its line.</summary>
    public ConfigurationFileException Fault(string name, string fault) => file.Fault(Find(name) ?? mapping, fault, name);

    public void RefuseUnknown()
    {
        foreach (var key in mapping.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !_known.Contains(name))
            {
                throw file.Fault(key, $"'{key}' is not known here: remove it or correct its spelling " +
                    $"(known: {string.Join(", ", _known.Order(StringComparer.Ordinal))}).");
            }
        }
    }

    private T ReadEntry<T>(YamlMappingNode node, Func<YamlEntry, T> read)
    {
        var entry = new YamlEntry(file, node);
        var value = read(entry);
        entry.RefuseUnknown();
        return value;
    }

    // Scalars are texts, but for those that JSON writes without quotes.
    private JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child =>
            KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, ToJson(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, out var number) => number,
        YamlScalarNode scalar => file.Expand(scalar),
        _ => throw file.Fault(node, "an alias cannot stand here: write the value."),
    };

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return mapping.Children.TryGetValue(name, out var node) ? node : null;
    }
}
