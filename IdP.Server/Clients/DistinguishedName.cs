using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Text;

namespace Platform.IdP.Clients;

/// <summary>
/// A distinguished name in a form that can be compared: attribute types by number, values without regard to case and
/// repeated spaces (RFC 5280 section 7.1), whatever way the name was written.
/// </summary>
internal sealed record DistinguishedName
{
    // Between the attributes of a name, and between those that stand side by side; no value has them.
    private const char Next = '\u001E';
    private const char Beside = '\u001F';

    private readonly string _canonical;

    private DistinguishedName(IEnumerable<IEnumerable<(string Type, string Value)>> parts) =>
        _canonical = string.Join(Next, parts.Select(part => string.Join(Beside,
            part.Select(attribute => $"{attribute.Type}={Canonical(attribute.Value)}").Order(StringComparer.Ordinal))));

    /// <summary>Reads the text form of RFC 4514.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DistinguishedName? name)
    {
        try
        {
            // The text begins with what is last in the certificate (RFC 4514 section 2.1).
            name = new DistinguishedName(DistinguishedNameText.Read(text).Reverse());
            return true;
        }
        catch (FormatException)
        {
            name = null;
            return false;
        }
    }

    /// <summary>Reads the form in certificates; null for values that are no text to compare.</summary>
    public static DistinguishedName? Read(byte[] der)
    {
        var parts = new List<List<(string, string)>>();
        var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var part = new List<(string, string)>();
            var set = sequence.ReadSetOf();
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                var type = attribute.ReadObjectIdentifier();
                part.Add((type, attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue)));
            }

            parts.Add(part);
        }

        try
        {
            return new DistinguishedName(parts);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Canonical(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value.Trim())
        {
            if (char.IsControl(character))
                throw new FormatException("a control character");
            if (character != ' ' || text[^1] != ' ')
                text.Append(char.ToUpperInvariant(character));
        }

        return text.Length > 0 ? text.ToString() : throw new FormatException("an empty value");
    }
}
