using System.Text;

namespace Platform.IdP.Clients;

/// <summary>
/// Client credentials in HTTP Basic form: both parts are form-encoded before they are joined (RFC 6749 section 2.3.1).
/// </summary>
internal sealed record BasicCredentials(string ClientId, string Secret)
{
    private const string Scheme = "Basic ";
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static BasicCredentials? Parse(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || Decode(header[Scheme.Length..]) is not { } text)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Unescape(text[..colon]) is { } id && Unescape(text[(colon + 1)..]) is { Length: > 0 } secret
            ? new BasicCredentials(id, secret)
            : null;
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // A percent sign that starts no escape is an error, not a literal.
    private static string? Unescape(string text)
    {
        for (var index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length ||
                !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                return null;
            }
        }

        return Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
