using System.Net;

namespace Platform.IdP.Clients;

/// <summary>Exactly one of these names the client in its certificate (RFC 8705 section 2.1.2).</summary>
/// <param name="Member">The metadata name, for example <c>tls_client_auth_subject_dn</c>.</param>
internal sealed record CertificateSubject(string Member, string Value)
{
    private const string SubjectName = "tls_client_auth_subject_dn";
    private const string Host = "tls_client_auth_san_dns";
    private const string Address = "tls_client_auth_san_uri";
    private const string Ip = "tls_client_auth_san_ip";
    private const string Email = "tls_client_auth_san_email";

    public static readonly string[] Members = [SubjectName, Host, Address, Ip, Email];

    private readonly DistinguishedName? _name = Member is SubjectName && DistinguishedName.TryParse(Value, out var name) ? name : null;
    private readonly IPAddress? _ip = Member is Ip && IPAddress.TryParse(Value, out var ip) ? ip : null;

    /// <summary>Whether the value is of its kind; what is not could never match.</summary>
    public bool IsUsable => Member switch
    {
        SubjectName => _name is not null,
        Ip => _ip is not null,
        _ => true,
    };

    public bool IsOneOf(CertificateNames names) => Member switch
    {
        SubjectName => _name is not null && _name == names.Subject,
        Host => names.Hosts.Contains(Value, StringComparer.OrdinalIgnoreCase),
        Address => names.Addresses.Contains(Value, StringComparer.Ordinal),
        Ip => _ip is not null && names.Ips.Contains(_ip),
        Email => names.Emails.Contains(Value, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };
}
