using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Authorize;

/// <summary>Proof Key for Code Exchange (RFC 7636), method S256.</summary>
internal static class Pkce
{
    private const int HashLength = 43;

    /// <summary>Sections 4.2 and 4.3, RFC 9700 section 2.1.1: never plain, which is also the default.</summary>
    public static string? Refusal(string? challenge, string? method, Client client) => (challenge, method) switch
    {
        // FAPI 2.0 section 5.3.2.2: always.
        (null, _) when client.RequiresPkce || client.IsFapi || client.IsPublic => "code_challenge is missing.",
        (null, null) => null,
        (null, _) => "code_challenge_method goes with a code_challenge.",
        (_, not "S256") => "code_challenge_method must be S256.",
        _ => IsHash(challenge) ? null : "code_challenge is not the base64url of a SHA-256.",
    };

    /// <summary>Whether it may be the base64url of a SHA-256.</summary>
    public static bool IsHash(string text) => text.Length == HashLength && text.All(IsBase64Url);

    /// <summary>Section 4.6; a verifier is 43 to 128 unreserved characters (section 4.1).</summary>
    public static bool Matches(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128 &&
        verifier.All(character => IsBase64Url(character) || character is '.' or '~') &&
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge));

    private static bool IsBase64Url(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
