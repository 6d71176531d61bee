using System.Globalization;
using System.Text.Unicode;

namespace Platform.Tokens.Jose;

/// <summary>
/// Whether all characters of a JSON text are whole. A parser takes bytes that are no UTF-8 and halves of surrogate pairs
/// (<c>"\ud800"</c>, RFC 8259 section 8.2), and fails by another exception when it compares or reads the string: ask first.
/// </summary>
public static class JsonCharacters
{
    private const int EscapeLength = 6;

    /// <param name="json">Of what is no JSON nothing is known afterwards: the parser refuses it.</param>
    public static bool AreWhole(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        for (var next = json.IndexOf((byte)'\\'); next >= 0; next = json.IndexOf((byte)'\\'))
        {
            json = json[next..];
            var length = LengthOfEscape(json);
            if (length == 0)
            {
                return false;
            }

            json = json[length..];
        }

        return true;
    }

    private static int LengthOfEscape(ReadOnlySpan<byte> escape)
    {
        if (CodeUnit(escape) is not { } unit)
            return Math.Min(2, escape.Length);
        if (!char.IsSurrogate(unit))
            return EscapeLength;

        return char.IsHighSurrogate(unit) && CodeUnit(escape[EscapeLength..]) is { } low && char.IsLowSurrogate(low)
            ? 2 * EscapeLength
            : 0;
    }

    private static char? CodeUnit(ReadOnlySpan<byte> escape) =>
        escape.Length >= EscapeLength && escape[0] == '\\' && escape[1] == 'u' &&
        ushort.TryParse(escape[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
