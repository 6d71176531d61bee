using System.Buffers;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.DPoP;

/// <summary>Checks DPoP proofs as RFC 9449 section 4.3 says.</summary>
public static class DPoPProofValidator
{
    // The client's key comes with every request, and to import it costs more than to use it.
    private static readonly EmbeddedKeys Keys = new(capacity: 4096);

    /// <summary>Checks the proof against the request that it came with.</summary>
    /// <param name="proof">The value of the only DPoP header.</param>
    /// <param name="method">The method of the request.</param>
    /// <param name="htu">The address of the request as the client knows it, in front of any proxy.</param>
    /// <param name="accessToken">The access token that the request shows, if it shows one.</param>
    /// <param name="rules">What is accepted.</param>
    /// <param name="now">The time.</param>
    public static DPoPCheck Check(
        string proof, string method, string htu, string? accessToken, DPoPRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(htu);
        ArgumentNullException.ThrowIfNull(rules);
        return Read(proof, rules, out var key, out var claims) is { } unreadable ? new DPoPCheck.Refused(unreadable)
            : DPoPClaims.Refusal(claims, method, htu, accessToken, rules, now) is { } reason
                ? new DPoPCheck.Refused(reason)
            : new DPoPCheck.Valid(DPoPClaims.Read(claims, key!.Thumbprint));
    }

    // 2: a single and well-formed JWT
    private static string? Read(string proof, DPoPRules rules, out JsonWebKey? key, out JsonElement claims)
    {
        key = null;
        claims = default;
        if (CompactJws.Split(proof, out var jws) is { } malformed)
        {
            return malformed;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(proof.Length);
        try
        {
            return ReadHeader(jws, rules.Signature, buffer, out var algorithm, out var found)
                ?? CheckSignature(jws, buffer, algorithm, found, out key)
                ?? jws.ReadPayload(buffer, out claims);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // 4, 5, 7: the type, the algorithm, and a public key
    private static string? ReadHeader(
        CompactJws jws, JwsRules rules, byte[] buffer, out JwsAlgorithm algorithm, out EmbeddedKeys.Found found)
    {
        algorithm = default;
        found = default;
        if (jws.ReadHeader(buffer, out var json) is { } unreadable)
        {
            return unreadable;
        }

        using (json)
        {
            if (JwsHeaderReader.Read(json!.RootElement, rules, out var header) is { } refusal)
            {
                return refusal;
            }

            algorithm = header!.Algorithm;
            return Keys.Read(json.RootElement, out found);
        }
    }

    // 6: the signature, by the key of the header. A key is remembered only when its owner has used it.
    private static string? CheckSignature(
        CompactJws jws, byte[] buffer, JwsAlgorithm algorithm, EmbeddedKeys.Found found, out JsonWebKey? key)
    {
        key = found.Key;
        if (jws.CheckSignature(buffer, [key], keyId: null, algorithm) is { } forged)
        {
            return forged.Reason;
        }

        Keys.Remember(found);
        return null;
    }
}
