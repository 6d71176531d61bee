using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Authorize;

/// <summary>Proof Key for Code Exchange (RFC 7636), method S256.</summary>
internal static class Pkce
{
    private const int ChallengeLength = 43;

    public static bool IsChallenge(string challenge) =>
        challenge.Length == ChallengeLength && challenge.All(IsBase64Url);

    /// <summary>Section 4.6; a verifier is 43 to 128 unreserved characters (section 4.1).</summary>
    public static bool Matches(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128 &&
        verifier.All(character => IsBase64Url(character) || character is '.' or '~') &&
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge));

    private static bool IsBase64Url(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
