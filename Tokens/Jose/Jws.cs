namespace Platform.Tokens.Jose;

/// <summary>JSON Web Signature in the compact serialization (RFC 7515).</summary>
public static class Jws
{
    /// <summary>Signs the payload; the header has <c>alg</c>, <c>typ</c> and <c>kid</c>.</summary>
    public static string Sign(SigningKey key, string type, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(type);
        return JwsWriter.Write(key, key.Headers.WithKeyId(type), payload);
    }

    /// <summary>Verifies a compact JWS with one of these keys, by these rules.</summary>
    public static JwsCheck Verify(string compact, JsonWebKeySet keys, JwsRules rules)
    {
        ArgumentNullException.ThrowIfNull(compact);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(rules);
        return JwsReader.Read(compact, keys, rules);
    }
}
