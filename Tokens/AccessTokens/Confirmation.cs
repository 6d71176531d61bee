namespace Platform.Tokens.AccessTokens;

/// <summary>
/// The key that a token is bound to (RFC 7800): who presents the token must show that it holds it.
/// </summary>
/// <param name="KeyThumbprint"><c>jkt</c>: the RFC 7638 thumbprint of the DPoP key (RFC 9449 section 6.1).</param>
/// <param name="CertificateThumbprint"><c>x5t#S256</c>: of the client certificate (RFC 8705 section 3.1).</param>
public sealed record Confirmation(string? KeyThumbprint, string? CertificateThumbprint);
