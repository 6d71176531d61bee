using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Tokens.AccessTokens;

/// <summary>
/// The key or certificate that a token is bound to (<c>cnf</c>, RFC 7800 section 3.1), and just so the one whose
/// possession a caller has shown. A token with both is bound to both.
/// </summary>
/// <param name="KeyThumbprint"><c>jkt</c>: the thumbprint of the DPoP key (RFC 9449 section 6.1).</param>
/// <param name="CertificateThumbprint"><c>x5t#S256</c>: that of the client certificate (RFC 8705 section 3.1).</param>
public sealed record Confirmation(string? KeyThumbprint, string? CertificateThumbprint = null)
{
    internal const string KeyMember = "jkt";
    internal const string CertificateMember = "x5t#S256";

    /// <summary>The claim <c>cnf</c>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (KeyThumbprint is not null)
        {
            json[KeyMember] = KeyThumbprint;
        }

        if (CertificateThumbprint is not null)
        {
            json[CertificateMember] = CertificateThumbprint;
        }

        return json;
    }

    /// <summary>Whether the caller has shown all that this asks for.</summary>
    public bool IsMetBy(Confirmation? possession) =>
        IsMetBy(KeyThumbprint, possession?.KeyThumbprint)
        && IsMetBy(CertificateThumbprint, possession?.CertificateThumbprint);

    private static bool IsMetBy(string? required, string? shown) =>
        required is null
        || (shown is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(required), Encoding.UTF8.GetBytes(shown)));
}
