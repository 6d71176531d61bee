namespace Platform.IdP.Clients;

/// <summary>Exactly one of these names the client in its certificate (RFC 8705 section 2.1.2).</summary>
/// <param name="Member">The metadata name, for example <c>tls_client_auth_subject_dn</c>.</param>
internal sealed record CertificateSubject(string Member, string Value);
