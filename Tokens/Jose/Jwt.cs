using System.Text.Json.Nodes;

namespace Platform.Tokens.Jose;

/// <summary>JSON Web Token (RFC 7519).</summary>
public static class Jwt
{
    /// <summary>Signs the claims.</summary>
    public static string Sign(SigningKey key, string type, JsonObject claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        using var json = JsonBuffer.Rent();
        claims.WriteTo(json.Writer);
        return Jws.Sign(key, type, json.Written);
    }
}
