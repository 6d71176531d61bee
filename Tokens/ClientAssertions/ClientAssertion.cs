using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.ClientAssertions;

/// <summary>How a client proves who it is by its key: <c>private_key_jwt</c> (OpenID Connect Core 1.0 section 9).</summary>
public static class ClientAssertion
{
    /// <summary>The value of <c>client_assertion_type</c> (RFC 7523 section 2.2).</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>The explicit type of RFC 7523 as updated; JWT is what every authorization server takes.</summary>
    internal const string ExplicitType = "client-authentication+jwt";

    private const int IdLength = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Makes the assertion for one request.</summary>
    /// <param name="key">The client's key.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="issuer">The authorization server, whose issuer identifier is the only audience.</param>
    /// <param name="now">The time.</param>
    public static string Create(SigningKey key, string clientId, string issuer, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        return Jwt.Sign(key, "JWT", new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = issuer,
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength)),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        });
    }

    /// <summary>
    /// Whose assertion this claims to be, so that the client's keys can be looked up; nothing is verified.
    /// Null when that cannot be read.
    /// </summary>
    public static string? PeekClientId(string assertion)
    {
        ArgumentNullException.ThrowIfNull(assertion);
        if (CompactJws.Split(assertion, out var jws) is not null)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(assertion.Length);
        try
        {
            return jws.ReadPayload(buffer, out var claims) is null && claims.Text("sub") is { Length: > 0 } client
                ? client
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
