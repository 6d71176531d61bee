using Microsoft.Extensions.Primitives;

namespace Platform.Tokens.ResourceRequests;

/// <summary>What of a request to a protected resource says who calls.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">The address as the client knows it, in front of any proxy; query and fragment do not count.</param>
/// <param name="Authorization">The values of the Authorization header.</param>
/// <param name="DPoP">The values of the DPoP header.</param>
/// <param name="CertificateThumbprint"><c>x5t#S256</c> of the client certificate of the connection, if there is one.</param>
public sealed record ResourceRequest(
    string Method,
    string Address,
    StringValues Authorization,
    StringValues DPoP = default,
    string? CertificateThumbprint = null);
