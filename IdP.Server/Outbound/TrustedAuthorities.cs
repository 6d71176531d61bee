using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.IdP.Outbound;

/// <summary>The certification authorities of the system, and those of a file beside them.</summary>
internal sealed class TrustedAuthorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _more = [];

    private TrustedAuthorities()
    {
    }

    /// <exception cref="CryptographicException">The file has no certificate.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrustedAuthorities Load(string? file)
    {
        var authorities = new TrustedAuthorities();
        if (file is not null)
        {
            authorities._more.ImportFromPemFile(file);
        }

        return file is null || authorities._more.Count > 0
            ? authorities
            : throw new CryptographicException("there is no certificate in it");
    }

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors is SslPolicyErrors.None ||
        (errors is SslPolicyErrors.RemoteCertificateChainErrors && _more.Count > 0 && IsOfMore(certificate, chain));

    private bool IsOfMore(X509Certificate? certificate, X509Chain? sent)
    {
        if (certificate is not X509Certificate2 server)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_more);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // The intermediate certificates that the server sent.
        foreach (var element in sent?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }
}
