using Microsoft.Extensions.Options;

namespace Platform.IdP.SenderConstraint;

/// <summary>
/// The addresses under which clients know an endpoint. They come from the configuration alone: Host and the headers of proxies
/// are whatever the sender writes.
/// </summary>
internal sealed class EndpointAddresses(IOptions<IdpOptions> idp, IOptions<MtlsOptions> mtls)
{
    private readonly string[] _origins = mtls.Value.AliasOrigin(idp.Value.Issuer) is { } alias
        ? [idp.Value.Issuer, alias]
        : [idp.Value.Issuer];

    public int Count => _origins.Length;

    /// <summary>The first is the issuer's; a second one is the alias for clients with certificates.</summary>
    public string Of(HttpRequest request, int index) => _origins[index] + request.Path.ToUriComponent();

    /// <summary>The endpoint that is called, and another one, under each origin.</summary>
    public IReadOnlyCollection<string> OfCalledAnd(HttpRequest request, string other) =>
        [.. _origins.SelectMany(origin => (string[])[origin + request.Path.ToUriComponent(), origin + other])];
}
