using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Grants;

/// <summary>A secret that stands for something kept on the server: 256 random bits. Redis knows only its hash.</summary>
internal static class Handle
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string handle) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(handle)));
}
