using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Clients;

/// <summary>
/// The authorities that client certificates come from (Idp:Mtls:CaFile). A certificate that was verified is remembered
/// by its thumbprint while it is valid; of others nothing is kept, so that nobody can fill the memory with them.
/// </summary>
internal sealed class CertificateAuthorities
{
    private const int MostVerified = 10_000;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _roots = [];
    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    /// <exception cref="ConfigurationFileException">The file has no certificates.</exception>
    public CertificateAuthorities(string? caFile, TimeProvider clock)
    {
        _clock = clock;
        if (caFile is null)
        {
            return;
        }

        try
        {
            _roots.ImportFromPemFile(caFile);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationFileException(caFile, 1, $"Idp:Mtls:CaFile cannot be read ({unreadable.Message}).");
        }

        if (_roots.Count == 0)
        {
            throw new ConfigurationFileException(caFile, 1, "Idp:Mtls:CaFile has no certificate: write them in PEM.");
        }
    }

    /// <summary>Whom the certificate names, when one of the authorities vouches for it.</summary>
    public CertificateNames? Verify(X509Certificate2 certificate)
    {
        var now = _clock.GetUtcNow();
        var thumbprint = CertificateThumbprint.Of(certificate);
        if (_verified.TryGetValue(thumbprint, out var known) && known.From <= now && now <= known.Until)
            return known.Names;
        if (Build(certificate, now) is not { } verified)
            return null;

        if (_verified.Count >= MostVerified)
        {
            _verified.Clear();
        }

        _verified[thumbprint] = verified;
        return verified.Names;
    }

    private Verified? Build(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_roots);
        policy.VerificationTime = now.UtcDateTime;
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));

        // The certificate says where its issuer and its revocation list are to be had: nothing is fetched from there.
        policy.DisableCertificateDownloads = true;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        if (_roots.Count == 0 || !chain.Build(certificate) || CertificateNames.Of(certificate) is not { } names)
        {
            return null;
        }

        var elements = chain.ChainElements.Select(element => element.Certificate).ToList();
        return new Verified(
            names,
            elements.Max(element => new DateTimeOffset(element.NotBefore)),
            elements.Min(element => new DateTimeOffset(element.NotAfter)));
    }

    private sealed record Verified(CertificateNames Names, DateTimeOffset From, DateTimeOffset Until);
}
