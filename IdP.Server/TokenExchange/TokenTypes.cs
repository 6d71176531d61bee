namespace Platform.IdP.TokenExchange;

/// <summary>Token type identifiers (RFC 8693 section 3).</summary>
internal static class TokenTypes
{
    public const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>What our access tokens are as well.</summary>
    public const string Jwt = "urn:ietf:params:oauth:token-type:jwt";

    public const string IdToken = "urn:ietf:params:oauth:token-type:id_token";

    public static bool IsAccessToken(string type) => type is AccessToken or Jwt;
}
