using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.IdP.Configuration;

/// <summary>
/// A YAML file that holds one list of entries under one name. It is read strictly: what is not known,
/// missing or there twice stops the start.
/// </summary>
/// <param name="draft">The content to read in place of the file's, before it is written there.</param>
internal sealed class ConfigurationFile(string path, IConfiguration configuration, string? draft = null)
{
    /// <summary>For files that need not be there.</summary>
    public bool Exists => File.Exists(path);

    public string Path => path;

    /// <summary>The same file with this content.</summary>
    public ConfigurationFile With(string text) => new(path, configuration, text);

    /// <summary>The entries under <paramref name="root"/>, each turned into a value by <paramref name="read"/>.</summary>
    /// <exception cref="ConfigurationFileException">The file cannot be used.</exception>
    public IReadOnlyList<T> ReadEntries<T>(string root, string identifier, Func<YamlEntry, T> read)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = new List<T>();
        foreach (var node in Load(root).Children)
        {
            if (node is not YamlMappingNode mapping)
            {
                throw Fault(node, $"expected an entry with '{identifier}'.");
            }

            var entry = new YamlEntry(this, mapping);
            var id = entry.Text(identifier);
            if (!seen.Add(id))
            {
                throw entry.Fault(identifier, $"{identifier} '{id}' is there twice: remove one of the two.");
            }

            values.Add(read(entry));
            entry.RefuseUnknown();
        }

        return values;
    }

    /// <summary>The whole document, for a file of another form.</summary>
    public T ReadDocument<T>(Func<YamlEntry, T> read)
    {
        var document = new YamlEntry(this, LoadDocument());
        var value = read(document);
        document.RefuseUnknown();
        return value;
    }

    public ConfigurationFileException Fault(YamlNode node, string fault, string? member = null) =>
        new(path, node.Start.Line, fault) { Member = member };

    /// <summary>Replaces every <c>${NAME}</c> by the configuration value of that name.</summary>
    public string Expand(YamlScalarNode node)
    {
        var text = node.Value ?? "";
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0;
             start = text.IndexOf("${", start, StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                throw Fault(node, "'${' has no closing brace: write ${NAME}.");
            }

            var name = text[(start + 2)..end];
            if (configuration[name] is not { Length: > 0 } value)
            {
                throw Fault(node, $"${{{name}}} is not set: set {name} in the environment.");
            }

            text = string.Concat(text.AsSpan(0, start), value, text.AsSpan(end + 1));
            start += value.Length;
        }

        return text;
    }

    private YamlSequenceNode Load(string root)
    {
        var document = LoadDocument();
        return document.Children.Count == 1 && document.Children.TryGetValue(root, out var list) &&
            list is YamlSequenceNode sequence
                ? sequence
                : throw Fault(document, $"expected the list '{root}:' and nothing else at the top.");
    }

    private YamlMappingNode LoadDocument()
    {
        var stream = new YamlStream();
        try
        {
            using var reader = draft is null ? new StreamReader(path) : (TextReader)new StringReader(draft);
            stream.Load(reader);
        }
        catch (IOException missing)
        {
            throw new ConfigurationFileException(path, 1, $"the file cannot be read ({missing.Message}).");
        }
        catch (YamlException broken)
        {
            throw new ConfigurationFileException(path, broken.Start.Line, $"this is not valid YAML ({broken.Message}).");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode document }]
            ? document
            : throw new ConfigurationFileException(path, 1, "expected one document with names at its top.");
    }
}
