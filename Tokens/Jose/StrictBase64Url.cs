using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Tokens.Jose;

/// <summary>
/// base64url as RFC 7515 section 2 has it: no padding, no white space, and one text only for the same bytes
/// (the unused bits of the last character are zero), so that a token cannot be respelled.
/// </summary>
internal static class StrictBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static int MaximumLength(int characters) => Base64Url.GetMaxDecodedLength(characters);

    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return IsCanonical(text) && Base64Url.TryDecodeFromChars(text, bytes, out written);
    }

    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = text is not null && IsCanonical(text) ? Base64Url.DecodeFromChars(text) : null;
        return bytes is not null;
    }

    private static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Characters))
        {
            return false;
        }

        return (text.Length % 4) switch
        {
            0 => true,
            1 => false,
            2 => (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & 0b1111) == 0,
            _ => (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & 0b11) == 0,
        };
    }
}
