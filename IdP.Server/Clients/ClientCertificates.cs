using System.Security.Cryptography.X509Certificates;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>Clients that authenticate with a certificate (RFC 8705 section 2). TLS has shown that they hold its key.</summary>
internal sealed class ClientCertificates(CertificateAuthorities authorities, ClientKeys keys)
{
    /// <summary>Why it is refused; null when it is not.</summary>
    public ValueTask<string?> RefusalAsync(Client client, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        if (certificate is null)
            return ValueTask.FromResult<string?>("no client certificate was shown");
        return client.AuthenticationMethod is ClientAuthenticationMethods.Tls
            ? ValueTask.FromResult(NameRefusal(client.CertificateSubject!, certificate))
            : KeyRefusalAsync(client, certificate, cancellationToken);
    }

    // Section 2.1
    private string? NameRefusal(CertificateSubject subject, X509Certificate2 certificate) => authorities.Verify(certificate) switch
    {
        null => "the certificate is of no authority in Idp:Mtls:CaFile, or not valid now",
        { } names when subject.IsOneOf(names) => null,
        _ => $"the certificate does not have the registered {subject.Member}",
    };

    // Section 2.2: the certificate only carries the key, which must be one of the client's.
    private async ValueTask<string?> KeyRefusalAsync(Client client, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        if (CertificateKey.ThumbprintOf(certificate) is not { } thumbprint)
            return "the key of the certificate is neither RSA nor on P-256";
        return Has(await keys.FindAsync(client, cancellationToken), thumbprint) ||
            (client.KeysUri is not null && Has(await keys.RefreshAsync(client, cancellationToken), thumbprint))
                ? null
                : "the key of the certificate is not among the client's";
    }

    private static bool Has(JsonWebKeySet keys, string thumbprint)
    {
        foreach (var key in keys.Keys)
        {
            if (key.Thumbprint == thumbprint)
            {
                return true;
            }
        }

        return false;
    }
}
