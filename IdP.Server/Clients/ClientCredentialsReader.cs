using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Clients;

/// <summary>Reads what a client authenticates with: a secret, keys, or the names in its certificate.</summary>
internal static class ClientCredentialsReader
{
    public static byte[]? ReadSecret(YamlEntry entry, string method)
    {
        var secret = entry.OptionalText("client_secret");
        var hash = entry.OptionalText("client_secret_hash");
        if (!ClientAuthenticationMethods.UsesSecret(method))
        {
            return secret is null && hash is null
                ? null
                : throw entry.Fault("token_endpoint_auth_method", $"a client of {method} has no secret: remove it.");
        }

        switch (secret, hash)
        {
            case ({ Length: < 16 }, null):
                throw entry.Fault("client_secret", "the secret is shorter than 16 characters: make a longer, random one.");
            case ({ } text, null):
                return SHA256.HashData(Encoding.UTF8.GetBytes(text));
            case (null, { } encoded)
                when Base64Url.IsValid(encoded) && Base64Url.DecodeFromChars(encoded) is { Length: 32 } bytes:
                return bytes;
            case (null, { }):
                throw entry.Fault("client_secret_hash", "write the SHA-256 of the secret as base64url (43 characters).");
            default:
                throw entry.Fault("client_id", "give either 'client_secret' or 'client_secret_hash'.");
        }
    }

    public static CertificateSubject? ReadCertificateSubject(YamlEntry entry, string method)
    {
        var subjects = CertificateSubject.Members
            .Select(member => (Member: member, Value: entry.OptionalText(member)))
            .Where(subject => subject.Value is not null)
            .Select(subject => new CertificateSubject(subject.Member, subject.Value!))
            .ToList();
        return (method, subjects) switch
        {
            (ClientAuthenticationMethods.Tls, [{ IsUsable: true } only]) => only,
            (ClientAuthenticationMethods.Tls, [var unusable]) => throw entry.Fault(unusable.Member,
                "it cannot be read: write a name as in RFC 4514 (CN=app,O=Example), or an IP address."),
            (ClientAuthenticationMethods.Tls, _) => throw entry.Fault("token_endpoint_auth_method",
                $"tls_client_auth needs exactly one of {string.Join(", ", CertificateSubject.Members)}."),
            (_, []) => null,
            _ => throw entry.Fault(subjects[0].Member, "only tls_client_auth has it: remove it."),
        };
    }
}
