namespace Platform.Bff.Configuration;

/// <summary>How the BFF says at the provider who it is (OpenID Connect Core section 9).</summary>
internal static class TokenAuthMethods
{
    public const string PrivateKeyJwt = "private_key_jwt";
    public const string ClientSecretPost = "client_secret_post";
    public const string ClientSecretBasic = "client_secret_basic";

    public static readonly IReadOnlyList<string> All = [PrivateKeyJwt, ClientSecretPost, ClientSecretBasic];
}
