using System.Security.Cryptography;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AccessTokens;

internal static class ConfirmationReader
{
    /// <summary>Reads <c>cnf</c>, null for a token without; or says why it is refused.</summary>
    public static string? Read(JsonElement claims, out Confirmation? confirmation)
    {
        confirmation = null;
        if (!claims.TryGetProperty("cnf", out var json))
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return "The confirmation (cnf) is not an object.";
        }

        // RFC 7800 section 3.1: who cannot check the possession of a key must not take the token for one without.
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is not (Confirmation.KeyMember or Confirmation.CertificateMember))
            {
                return "The confirmation (cnf) has a member that is not understood.";
            }

            if (!IsThumbprint(json.Text(member.Name)))
            {
                return "The confirmation (cnf) has a thumbprint that is not a SHA-256 in base64url.";
            }
        }

        confirmation = new Confirmation(json.Text(Confirmation.KeyMember), json.Text(Confirmation.CertificateMember));
        return confirmation is { KeyThumbprint: null, CertificateThumbprint: null }
            ? "The confirmation (cnf) is empty."
            : null;
    }

    private static bool IsThumbprint(string? text) =>
        StrictBase64Url.TryDecode(text, out var bytes) && bytes.Length == SHA256.HashSizeInBytes;
}
