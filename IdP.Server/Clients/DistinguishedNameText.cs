using System.Text;

namespace Platform.IdP.Clients;

/// <summary>The text form of distinguished names (RFC 4514 section 3), for example <c>CN=app,O=Example\, Inc.,C=GB</c>.</summary>
internal static class DistinguishedNameText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CN"] = "2.5.4.3",
        ["SN"] = "2.5.4.4",
        ["SERIALNUMBER"] = "2.5.4.5",
        ["C"] = "2.5.4.6",
        ["L"] = "2.5.4.7",
        ["ST"] = "2.5.4.8",
        ["S"] = "2.5.4.8",
        ["STREET"] = "2.5.4.9",
        ["O"] = "2.5.4.10",
        ["OU"] = "2.5.4.11",
        ["T"] = "2.5.4.12",
        ["TITLE"] = "2.5.4.12",
        ["BUSINESSCATEGORY"] = "2.5.4.15",
        ["GN"] = "2.5.4.42",
        ["ORGANIZATIONIDENTIFIER"] = "2.5.4.97",
        ["UID"] = "0.9.2342.19200300.100.1.1",
        ["DC"] = "0.9.2342.19200300.100.1.25",
        ["E"] = "1.2.840.113549.1.9.1",
        ["EMAILADDRESS"] = "1.2.840.113549.1.9.1",
    };

    /// <summary>The parts as they are written, each with the attributes that '+' puts side by side.</summary>
    /// <exception cref="FormatException">The text is not such a name.</exception>
    public static IEnumerable<List<(string Type, string Value)>> Read(string text)
    {
        var parts = new List<List<(string, string)>>();
        var part = new List<(string, string)>();
        for (var at = 0; ;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
                throw new FormatException("an attribute without value");
            var type = TypeOf(text[at..equals].Trim());
            at = equals + 1;
            part.Add((type, ReadValue(text, ref at)));
            if (at == text.Length || text[at] == ',')
            {
                parts.Add(part);
                part = [];
            }

            if (at++ == text.Length)
            {
                return parts;
            }
        }
    }

    private static string TypeOf(string name) => Types.TryGetValue(name, out var number) ? number
        : name.Contains('.', StringComparison.Ordinal) && name.All(character => char.IsAsciiDigit(character) || character == '.') ? name
        : throw new FormatException($"the attribute type {name} is not known: write its number");

    // Section 2.4: what separates is escaped, by itself or by the hexadecimal digits of its octets.
    private static string ReadValue(string text, ref int at)
    {
        var octets = new List<byte>();
        for (; at < text.Length && text[at] is not (',' or '+'); at++)
        {
            if (text[at] is '"' or ';' or '<' or '>' or '\0' || (text[at] == '#' && octets.Count == 0))
                throw new FormatException($"'{text[at]}' must be escaped by \\");
            if (text[at] != '\\')
            {
                var length = char.IsSurrogatePair(text, at) ? 2 : 1;
                octets.AddRange(StrictUtf8.GetBytes(text.Substring(at, length)));
                at += length - 1;
            }
            else if (at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                octets.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else if (at + 1 < text.Length && text[at + 1] is ' ' or '"' or '#' or '+' or ',' or ';' or '<' or '=' or '>' or '\\')
            {
                octets.Add((byte)text[++at]);
            }
            else
            {
                throw new FormatException("'\\' escapes nothing");
            }
        }

        try
        {
            return StrictUtf8.GetString([.. octets]);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("escaped octets are not UTF-8");
        }
    }
}
