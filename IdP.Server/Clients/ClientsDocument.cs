using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Platform.IdP.Clients;

/// <summary>
/// The text of clients.yaml with single entries added, replaced or removed: what people wrote around them, comments
/// included, stays as it is.
/// </summary>
internal sealed class ClientsDocument
{
    // JSON is YAML: whatever a value contains, it stays one scalar.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _lines;
    private readonly List<(string Id, int First, int End)> _entries;
    private readonly string _indent;

    /// <exception cref="YamlDotNet.Core.YamlException">The text is not YAML.</exception>
    public ClientsDocument(string text)
    {
        _lines = [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var list = stream.Documents is [{ RootNode: YamlMappingNode root }] &&
            root.Children.TryGetValue("clients", out var node) && node is YamlSequenceNode sequence ? sequence.Children : [];
        var starts = list.Select(entry => (int)entry.Start.Line - 1).Append(_lines.Count).ToList();
        _entries = [.. list.Select((entry, index) => (IdOf(entry), starts[index], EndOf(starts[index], starts[index + 1])))];
        _indent = _entries is [var first, ..] ? _lines[first.First][.._lines[first.First].IndexOf('-')] : "  ";
    }

    public override string ToString() => string.Join('\n', _lines) + "\n";

    public int Count => _entries.Count;

    public bool Contains(string clientId) => _entries.Exists(entry => entry.Id == clientId);

    /// <summary>Adds the entry, or puts it in the place of the one with the same <c>client_id</c>.</summary>
    public ClientsDocument With(JsonObject metadata)
    {
        var id = (string)metadata["client_id"]!;
        var text = Write(metadata);
        if (_entries.FindIndex(entry => entry.Id == id) is var index and >= 0)
        {
            return Spliced(_entries[index].First, _entries[index].End, text);
        }

        // An empty list is written '[]', on the line of its name or below it.
        var lines = _lines.Where(line => line.Trim() is not "[]")
            .Select(line => line.TrimEnd() is "clients: []" ? "clients:" : line);
        return new ClientsDocument(string.Join('\n', [.. lines, "", .. text]) + "\n");
    }

    public ClientsDocument Without(string clientId)
    {
        var (_, first, end) = _entries.Find(entry => entry.Id == clientId);
        return Spliced(first, end, _entries.Count == 1 ? [$"{_indent}[]"] : []);
    }

    private ClientsDocument Spliced(int first, int end, IEnumerable<string> text) =>
        new(string.Join('\n', [.. _lines[..first], .. text, .. _lines[end..]]) + "\n");

    // Blank lines and comments after an entry belong to what follows.
    private int EndOf(int first, int next)
    {
        var end = next;
        while (end > first + 1 && (_lines[end - 1].Trim() is "" || _lines[end - 1].TrimStart().StartsWith('#')))
        {
            end--;
        }

        return end;
    }

    private IEnumerable<string> Write(JsonObject metadata)
    {
        var lead = $"{_indent}- ";
        foreach (var (name, value) in metadata)
        {
            var line = new StringBuilder(lead).Append(name).Append(": ").Append(value?.ToJsonString(Plain) ?? "null");
            yield return line.ToString();
            lead = $"{_indent}  ";
        }
    }

    private static string IdOf(YamlNode entry) =>
        entry is YamlMappingNode map && map.Children.TryGetValue("client_id", out var id) && id is YamlScalarNode scalar
            ? scalar.Value ?? ""
            : "";
}
