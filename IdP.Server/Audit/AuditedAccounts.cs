using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Audit;

/// <summary>How the audit log names whom somebody tried to sign in as.</summary>
internal sealed class AuditedAccounts(UserDirectory users, IConfiguration configuration)
{
    private const int Length = 12;

    // With a key, because people type their password into the wrong field, and that could be guessed from a plain hash.
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(configuration["Keys:Secret"] ?? ""), 32, info: "platform.idp.audit.v1"u8.ToArray());

    /// <summary>The subject, or for a name that nobody has something that is the same each time and says nothing.</summary>
    public string Of(string? userName) => users.FindByUserName(userName ?? "")?.Subject ??
        "unknown:" + Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(Normal(userName))).AsSpan(0, Length));

    private static string Normal(string? userName) => (userName ?? "").Trim().ToUpperInvariant();
}
