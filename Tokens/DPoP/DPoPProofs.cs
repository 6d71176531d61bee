using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Tokens.Jose;

namespace Platform.Tokens.DPoP;

/// <summary>Makes DPoP proofs, for clients (RFC 9449 section 4.2).</summary>
public static class DPoPProofs
{
    internal const string Type = "dpop+jwt";

    // RFC 9449 section 4.2 asks for 96 bits.
    private const int IdLength = 16;

    /// <summary>Makes the proof for one request.</summary>
    /// <param name="key">The client's key; its public half goes into the proof.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="htu">The address; query and fragment are left out.</param>
    /// <param name="nonce">The nonce that the server gave last, if it gave one.</param>
    /// <param name="accessToken">The access token that the request shows, if it shows one.</param>
    /// <param name="now">The time.</param>
    public static string Create(
        SigningKey key, string method, string htu, string? nonce, string? accessToken, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentException.ThrowIfNullOrEmpty(htu);
        using var json = JsonBuffer.Rent();
        var claims = json.Writer;
        claims.WriteStartObject();
        claims.WriteString("jti", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength)));
        claims.WriteString("htm", method);
        claims.WriteString("htu", HttpTargetUri.WithoutQuery(htu));
        claims.WriteNumber("iat", now.ToUnixTimeSeconds());
        if (nonce is not null)
        {
            claims.WriteString("nonce", nonce);
        }

        if (accessToken is not null)
        {
            claims.WriteString("ath", AccessTokenHash.Of(accessToken));
        }

        claims.WriteEndObject();
        return JwsWriter.Write(key, key.Headers.WithKey(Type), json.Written);
    }
}
