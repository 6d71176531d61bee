using System.Buffers;

namespace Platform.Tokens.Jose;

/// <summary>
/// The checks of RFC 7515 section 5.2 and RFC 8725 section 3, in order. Nothing of the payload is read before the
/// signature holds.
/// </summary>
internal static class JwsReader
{
    public static JwsCheck Read(string compact, JsonWebKeySet keys, JwsRules rules)
    {
        if (CompactJws.Split(compact, out var jws) is { } malformed)
        {
            return new JwsCheck.Refused(malformed);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(compact.Length);
        try
        {
            return Read(jws, keys, rules, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JwsCheck Read(CompactJws jws, JsonWebKeySet keys, JwsRules rules, byte[] buffer)
    {
        if (ReadHeader(jws, rules, buffer, out var header) is { } refusal)
        {
            return new JwsCheck.Refused(refusal);
        }

        if (!keys.Knows(header!.KeyId))
        {
            return new JwsCheck.UnknownKey(header.KeyId);
        }

        if (jws.CheckSignature(buffer, keys.Array, header.KeyId, header.Algorithm) is { } forged)
        {
            return forged;
        }

        return jws.ReadPayload(buffer, out var payload) is { } unreadable
            ? new JwsCheck.Refused(unreadable)
            : new JwsCheck.Valid(header, payload);
    }

    private static string? ReadHeader(CompactJws jws, JwsRules rules, byte[] buffer, out JwsHeader? header)
    {
        header = null;
        if (jws.ReadHeader(buffer, out var json) is { } unreadable)
        {
            return unreadable;
        }

        using (json)
        {
            return JwsHeaderReader.Read(json!.RootElement, rules, out header);
        }
    }
}
