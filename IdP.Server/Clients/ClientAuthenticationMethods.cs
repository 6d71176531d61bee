namespace Platform.IdP.Clients;

/// <summary>The values of token_endpoint_auth_method (RFC 7591 section 2, OpenID Connect Core section 9, RFC 8705).</summary>
internal static class ClientAuthenticationMethods
{
    public const string None = "none";
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";
    public const string PrivateKeyJwt = "private_key_jwt";
    public const string Tls = "tls_client_auth";
    public const string SelfSignedTls = "self_signed_tls_client_auth";

    public static readonly string[] All = [None, Basic, Post, PrivateKeyJwt, Tls, SelfSignedTls];

    public static bool UsesSecret(string method) => method is Basic or Post;

    /// <summary>FAPI 2.0 section 5.3.2.1: a key, not a shared secret.</summary>
    public static bool UsesKey(string method) => method is PrivateKeyJwt or Tls or SelfSignedTls;

    public static bool UsesCertificate(string method) => method is Tls or SelfSignedTls;
}
