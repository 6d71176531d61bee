using System.Text.Json;

namespace Platform.Tokens.Jose;

internal static class JwsHeaderReader
{
    /// <summary>Reads the header, or says why it is refused.</summary>
    public static string? Read(JsonElement json, JwsRules rules, out JwsHeader? header)
    {
        header = null;

        // RFC 7515 section 4.1.1 and RFC 8725 section 3.1: "none", HMAC and everything else that is not ours end here.
        if (JwsAlgorithms.Parse(json.Text("alg")) is not { } algorithm || !rules.Algorithms.Contains(algorithm))
        {
            return "The algorithm (alg) is not accepted.";
        }

        // RFC 7515 section 4.1.11: no extension is understood here, so none may be critical.
        if (json.Has("crit"))
        {
            return "The header has critical extensions (crit).";
        }

        // RFC 7797 section 6: an unencoded payload is only for those who understand it.
        if (json.Has("b64"))
        {
            return "The header changes the encoding of the payload (b64).";
        }

        // RFC 8725 section 3.11: explicit typing.
        var type = json.Text("typ");
        if ((type is null && json.Has("typ")) || !rules.AcceptsType(type))
        {
            return "The type (typ) is not the expected one.";
        }

        var keyId = json.Text("kid");
        if ((keyId is null && json.Has("kid")) || keyId?.Length is 0 or > JwsHeader.MaximumKeyIdLength)
        {
            return "The key id (kid) is not a string of 1 to 256 characters.";
        }

        header = new JwsHeader(algorithm, type, keyId);
        return null;
    }
}
