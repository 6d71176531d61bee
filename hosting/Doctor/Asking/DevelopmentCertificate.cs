using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Doctor.Asking;

/// <summary>
/// Trusts what the machine trusts, and of what it does not only the ASP.NET Core development certificates whose private keys this user
/// has: services of this machine show them.
/// </summary>
internal static class DevelopmentCertificate
{
    // What `dotnet dev-certs` marks them with.
    private const string Marker = "1.3.6.1.4.1.311.84.1.1";

    public static bool Accept(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        errors is SslPolicyErrors.None ||
        (errors is SslPolicyErrors.RemoteCertificateChainErrors && shown is not null && IsOwn(shown.GetRawCertData()));

    private static bool IsOwn(ReadOnlySpan<byte> certificate)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        foreach (var own in store.Certificates)
        {
            if (own.HasPrivateKey && own.Extensions.Any(extension => extension.Oid?.Value == Marker) &&
                own.RawDataMemory.Span.SequenceEqual(certificate))
            {
                return true;
            }
        }

        return false;
    }
}
