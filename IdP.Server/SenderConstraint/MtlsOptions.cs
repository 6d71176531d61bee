namespace Platform.IdP.SenderConstraint;

/// <summary>Client certificates (RFC 8705), section <c>Idp:Mtls</c>.</summary>
internal sealed class MtlsOptions
{
    public const string Section = "Idp:Mtls";

    /// <summary>Whether clients are asked for a certificate; none must have one.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// A listener of its own that asks for certificates, for example <c>https://*:7443</c>; all others then ask nobody, and no
    /// browser bothers people with a choice of certificates. Without it every https listener asks.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// The public https origin of the listener that asks, for <c>mtls_endpoint_aliases</c>; by default the issuer's host with
    /// the port of <see cref="Url"/>. A proxy that ends TLS under another name needs only this one of the two.
    /// </summary>
    public string? Origin { get; set; }

    /// <summary>PEM file of the authorities that certificates of tls_client_auth come from.</summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// The header in which a proxy passes on the certificate of its client: as in RFC 9440 (<c>Client-Cert</c>), or the
    /// percent-encoded PEM of nginx and others.
    /// </summary>
    public string? ForwardedHeader { get; set; }

    /// <summary>The networks (CIDR) of the proxies whose header counts; from everyone else it is ignored.</summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>Where the aliases stand; null when the endpoints have no second address.</summary>
    public string? AliasOrigin(string issuer)
    {
        if (!Enabled || (Origin ?? Url) is null)
        {
            return null;
        }

        return Origin ?? new UriBuilder(issuer) { Port = BindingAddress.Parse(Url!).Port }.Uri.GetLeftPart(UriPartial.Authority);
    }
}
