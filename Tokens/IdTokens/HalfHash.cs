using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Tokens.IdTokens;

/// <summary>
/// <c>at_hash</c>, <c>c_hash</c> and <c>s_hash</c>: the left half of the hash that the signature of the ID token has,
/// SHA-256 for every algorithm here (OpenID Connect Core 1.0 sections 3.1.3.6 and 3.3.2.11, FAPI 1.0 part 2).
/// </summary>
public static class HalfHash
{
    /// <summary>The half hash of an access token, a code or a state.</summary>
    public static string Of(string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(value), hash);
        return Base64Url.EncodeToString(hash[..(SHA256.HashSizeInBytes / 2)]);
    }
}
