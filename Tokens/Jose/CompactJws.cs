using System.Text;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>
/// The three parts of a JWS in the compact serialization (RFC 7515 section 7.1). Each is decoded when its turn comes,
/// into the buffer of the caller; what comes back from the methods is the reason of a refusal.
/// </summary>
internal readonly ref struct CompactJws
{
    private const int MaximumLength = 16 * 1024;

    // RSA of 8192 bits, the largest key that is imported, in octets and in base64url.
    private const int MaximumSignatureLength = 1024;
    private const int MaximumSignatureText = 1366;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _first;
    private readonly int _last;

    private CompactJws(ReadOnlySpan<char> text, int first, int last)
    {
        _text = text;
        _first = first;
        _last = last;
    }

    public static string? Split(ReadOnlySpan<char> text, out CompactJws jws)
    {
        jws = default;
        if (text.Length > MaximumLength)
        {
            return "The token is longer than 16 KB.";
        }

        var first = text.IndexOf('.');
        var last = text.LastIndexOf('.');
        if (first == last || text[(first + 1)..last].Contains('.'))
        {
            return "The token has not exactly three parts.";
        }

        jws = new CompactJws(text, first, last);
        return null;
    }

    /// <summary>Reads the header; the document is over the buffer, and is disposed before that is used again.</summary>
    public string? ReadHeader(byte[] buffer, out JsonDocument? header)
    {
        header = null;
        if (!StrictBase64Url.TryDecode(_text[.._first], buffer, out var length))
        {
            return "The header is not base64url.";
        }

        return StrictJson.TryParseObject(buffer.AsMemory(0, length), out header)
            ? null
            : "The header is not a JSON object with unique members.";
    }

    /// <summary>Checks the signature with those of the keys that <paramref name="keyId"/> allows.</summary>
    public JwsCheck.Refused? CheckSignature(
        byte[] buffer, ReadOnlySpan<JsonWebKey> keys, string? keyId, JwsAlgorithm algorithm)
    {
        Span<byte> signature = stackalloc byte[MaximumSignatureLength];
        var text = _text[(_last + 1)..];
        if (text.Length > MaximumSignatureText || !StrictBase64Url.TryDecode(text, signature, out var length))
        {
            return new JwsCheck.Refused("The signature is not base64url.");
        }

        var input = buffer.AsSpan(0, Encoding.ASCII.GetBytes(_text[.._last], buffer));
        var tried = false;
        foreach (var key in keys)
        {
            if (!key.MayHaveSigned(keyId, algorithm))
            {
                continue;
            }

            tried = true;
            if (key.Verify(algorithm, input, signature[..length]))
            {
                return null;
            }
        }

        // RFC 8725 section 3.1: a key is used with its own algorithm only.
        return new JwsCheck.Refused(tried ? "The signature does not hold." : "The key is not for this algorithm (alg).")
        {
            ConcernsKey = true,
        };
    }

    /// <summary>Reads the payload, which stands on its own afterwards.</summary>
    public string? ReadPayload(byte[] buffer, out JsonElement payload)
    {
        payload = default;
        if (!StrictBase64Url.TryDecode(_text[(_first + 1).._last], buffer, out var length))
        {
            return "The payload is not base64url.";
        }

        return StrictJson.TryParseObject(buffer.AsSpan(0, length), out payload)
            ? null
            : "The payload is not a JSON object with unique members.";
    }
}
