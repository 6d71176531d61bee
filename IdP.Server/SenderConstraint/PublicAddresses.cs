using Microsoft.Extensions.Options;

namespace Platform.IdP.SenderConstraint;

/// <summary>
/// The addresses under which clients know an endpoint. They come from the configuration alone: Host and the headers of proxies
/// are whatever the sender writes.
/// </summary>
internal sealed class PublicAddresses(IOptions<IdpOptions> idp, IOptions<MtlsOptions> mtls)
{
    private readonly string[] _origins = mtls.Value.AliasOrigin(idp.Value.Issuer) is { } alias
        ? [idp.Value.Issuer, alias]
        : [idp.Value.Issuer];

    public int Count => _origins.Length;

    /// <summary>The first is the issuer's; a second one is the alias for clients with certificates.</summary>
    public string Of(HttpRequest request, int index) => _origins[index] + request.Path.ToUriComponent();
}
