using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.IdP.Clients;

/// <summary>Whom a certificate names: its subject, and its subject alternative names (RFC 5280 section 4.2.1.6).</summary>
internal sealed class CertificateNames
{
    private const string AlternativeNames = "2.5.29.17";

    // The tags of GeneralName
    private const int Email = 1;
    private const int Dns = 2;
    private const int Address = 6;
    private const int Ip = 7;

    private readonly List<string> _emails = [];
    private readonly List<string> _hosts = [];
    private readonly List<string> _addresses = [];
    private readonly List<IPAddress> _ips = [];

    private CertificateNames(DistinguishedName? subject) => Subject = subject;

    public DistinguishedName? Subject { get; }

    public IReadOnlyList<string> Emails => _emails;

    public IReadOnlyList<string> Hosts => _hosts;

    public IReadOnlyList<string> Addresses => _addresses;

    public IReadOnlyList<IPAddress> Ips => _ips;

    /// <summary>Null when the certificate is not encoded as it must be.</summary>
    public static CertificateNames? Of(X509Certificate2 certificate)
    {
        try
        {
            var names = new CertificateNames(DistinguishedName.Read(certificate.SubjectName.RawData));
            if (certificate.Extensions[AlternativeNames] is { } extension)
            {
                names.Read(extension.RawData);
            }

            return names;
        }
        catch (Exception malformed) when (malformed is AsnContentException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private void Read(byte[] der)
    {
        var names = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            var tag = names.PeekTag();
            switch (tag.TagValue)
            {
                case Email:
                    _emails.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case Dns:
                    _hosts.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case Address:
                    _addresses.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case Ip:
                    _ips.Add(new IPAddress(names.ReadOctetString(tag)));
                    break;
                default:
                    names.ReadEncodedValue();
                    break;
            }
        }
    }
}
