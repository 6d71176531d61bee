using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>
/// The checks of RFC 7515 section 5.2 and RFC 8725 section 3, in order. Nothing of the payload is read before the
/// signature holds.
/// </summary>
internal static class JwsReader
{
    private const int MaximumLength = 16 * 1024;

    // RSA of 8192 bits, the largest key that is imported, in octets and in base64url.
    private const int MaximumSignatureLength = 1024;
    private const int MaximumSignatureText = 1366;

    public static JwsCheck Read(string compact, JsonWebKeySet keys, JwsRules rules)
    {
        if (compact.Length > MaximumLength)
        {
            return new JwsCheck.Refused("The token is longer than 16 KB.");
        }

        var first = compact.IndexOf('.', StringComparison.Ordinal);
        var last = compact.LastIndexOf('.');
        if (first == last || compact.AsSpan(first + 1, last - first - 1).Contains('.'))
        {
            return new JwsCheck.Refused("The token has not exactly three parts.");
        }

        var buffer = ArrayPool<byte>.Shared.Rent(compact.Length);
        try
        {
            return JwsHeaderReader.Read(compact.AsSpan(0, first), buffer, rules, out var header) is { } refusal
                ? new JwsCheck.Refused(refusal)
                : CheckSignature(compact, last, buffer, header!, keys)
                ?? ReadPayload(compact.AsSpan(first + 1, last - first - 1), buffer, header!);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JwsCheck? CheckSignature(
        ReadOnlySpan<char> compact, int last, byte[] buffer, JwsHeader header, JsonWebKeySet keys)
    {
        if (!keys.Knows(header.KeyId))
        {
            return new JwsCheck.UnknownKey(header.KeyId);
        }

        Span<byte> signature = stackalloc byte[MaximumSignatureLength];
        var text = compact[(last + 1)..];
        if (text.Length > MaximumSignatureText || !StrictBase64Url.TryDecode(text, signature, out var length))
        {
            return new JwsCheck.Refused("The signature is not base64url.");
        }

        var input = buffer.AsSpan(0, Encoding.ASCII.GetBytes(compact[..last], buffer));
        return Check(keys, header, input, signature[..length]);
    }

    private static JwsCheck.Refused? Check(
        JsonWebKeySet keys, JwsHeader header, ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature)
    {
        var tried = false;
        foreach (var key in keys.Array)
        {
            if (!key.MayHaveSigned(header.KeyId, header.Algorithm))
            {
                continue;
            }

            tried = true;
            if (key.Verify(header.Algorithm, input, signature))
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

    private static JwsCheck ReadPayload(ReadOnlySpan<char> text, byte[] buffer, JwsHeader header)
    {
        if (!StrictBase64Url.TryDecode(text, buffer, out var length))
        {
            return new JwsCheck.Refused("The payload is not base64url.");
        }

        return StrictJson.TryParseObject(buffer.AsSpan(0, length), out JsonElement payload)
            ? new JwsCheck.Valid(header, payload)
            : new JwsCheck.Refused("The payload is not a JSON object with unique members.");
    }
}
