using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.SenderConstraint;

/// <summary>Has a FAPI 2.0 client with a key, and asks for certificates.</summary>
public class FapiServer : IdpServer
{
    internal const string Client = "bank";
    internal const string RedirectUri = "https://bank.test/callback";

    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.ES256);

    public FapiServer() => Settings["Idp:Mtls:Enabled"] = "true";

    internal override string MoreClients => $"""

          - client_id: {Client}
            token_endpoint_auth_method: private_key_jwt
            jwks: {new JsonWebKeySet([_key.PublicKey]).ToJson()}
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [{RedirectUri}]
            scopes: [openid, offline_access, contacts.read]
            skip_consent: true

        """;

    /// <summary>Authenticates the client in this form, by a new assertion.</summary>
    internal Dictionary<string, string> Sign(Dictionary<string, string> form)
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Client,
            ["sub"] = Client,
            ["aud"] = Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["exp"] = now + 60,
        };
        return new(form)
        {
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Jwt.Sign(_key, "JWT", claims),
        };
    }
}

/// <summary>Asks for nonces as well.</summary>
public sealed class FapiNonceServer : FapiServer
{
    public FapiNonceServer() => Settings["Idp:DPoP:RequireNonce"] = "true";
}
