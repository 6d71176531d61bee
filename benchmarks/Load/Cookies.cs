using System.Globalization;

namespace Platform.Benchmarks.Load;

/// <summary>The cookies of one browser at one host (RFC 6265): each goes to the paths that it was set for.</summary>
internal sealed class Cookies
{
    private readonly Dictionary<(string Name, string Path), string> _values = [];

    public void Keep(IEnumerable<string> setCookies)
    {
        foreach (var parts in setCookies.Select(cookie => cookie.Split("; ")))
        {
            var (name, value) = Pair(parts[0]);
            var attributes = parts.Skip(1).Select(Pair).ToDictionary(
                attribute => attribute.Name, attribute => attribute.Value, StringComparer.OrdinalIgnoreCase);
            var key = (name, attributes.GetValueOrDefault("path", "/"));
            if (attributes.TryGetValue("expires", out var until) &&
                DateTimeOffset.Parse(until, CultureInfo.InvariantCulture) < TimeProvider.System.GetUtcNow())
            {
                _values.Remove(key);
            }
            else
            {
                _values[key] = value;
            }
        }
    }

    /// <summary>The header for a request, with its line end; nothing where there is no cookie.</summary>
    public string HeaderFor(string target)
    {
        var cookies = string.Join("; ", _values
            .Where(cookie => target.StartsWith(cookie.Key.Path, StringComparison.Ordinal))
            .Select(cookie => $"{cookie.Key.Name}={cookie.Value}"));
        return cookies.Length == 0 ? "" : $"Cookie: {cookies}\r\n";
    }

    private static (string Name, string Value) Pair(string text) => text.IndexOf('=', StringComparison.Ordinal) switch
    {
        < 0 => (text, ""),
        var equals => (text[..equals], text[(equals + 1)..]),
    };
}
