using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Tokens.DPoP;

/// <summary>The claim <c>ath</c> (RFC 9449 section 4.2): the SHA-256 of the access token in base64url.</summary>
internal static class AccessTokenHash
{
    public static string Of(string accessToken) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)));

    public static bool Matches(string hash, string accessToken) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(Of(accessToken)));
}
