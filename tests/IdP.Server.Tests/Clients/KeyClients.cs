using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.IdP.Clients;
using Platform.IdP.Tests.Running;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

/// <summary>A provider with clients of every authentication method, and the host where one of them publishes its keys.</summary>
public class KeyClients : IdpServer, IAsyncLifetime
{
    internal const string Secret = "a-secret-of-many-characters";
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyClients() => Es256 = SigningKey.FromPem(_ec.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.ES256);

    internal SigningKey Es256 { get; }

    /// <summary>The same key, for a certificate.</summary>
    internal ECDsa Ec => _ec;

    internal SigningKey Ps256 { get; } = SigningKey.Create(JwsAlgorithm.PS256);

    internal SigningKey Rs256 { get; } = SigningKey.Create(JwsAlgorithm.RS256);

    internal SigningKey Foreign { get; } = SigningKey.Create(JwsAlgorithm.ES256);

    /// <summary>What the client "remote" publishes.</summary>
    internal JsonWebKeySet Published { get; set; } = new([]);

    internal ClientHost Host { get; private set; } = null!;

    internal override string MoreClients =>
        Entry("jwt", $"token_endpoint_auth_method: private_key_jwt\nprofile: baseline\njwks: {Set(Es256, Ps256)}") +
        Entry("fapi", $"token_endpoint_auth_method: private_key_jwt\njwks: {Set(Es256, Ps256)}") +
        Entry("rs256", $"token_endpoint_auth_method: private_key_jwt\nprofile: baseline\njwks: {Set(Es256, Rs256)}\ntoken_endpoint_auth_signing_alg: RS256") +
        Entry("legacy", $"token_endpoint_auth_method: private_key_jwt\nprofile: baseline\nclient_assertion_audience: endpoint\njwks: {Set(Es256)}") +
        Entry("remote", $"token_endpoint_auth_method: private_key_jwt\nprofile: baseline\njwks_uri: {Host.Origin}/jwks") +
        Entry("asker", $"token_endpoint_auth_method: private_key_jwt\nprofile: baseline\njwks_uri: {Host.Origin}/jwks", GrantTypes.Ciba) +
        Entry("basic", $"token_endpoint_auth_method: client_secret_basic\nclient_secret: {Secret}") +
        Entry("post", $"token_endpoint_auth_method: client_secret_post\nclient_secret: {Secret}") +
        Entry("public", "token_endpoint_auth_method: none") +
        Entry("tls", "token_endpoint_auth_method: tls_client_auth\nprofile: baseline\ntls_client_auth_subject_dn: CN=tls") +
        Entry("self", $"token_endpoint_auth_method: self_signed_tls_client_auth\nprofile: baseline\njwks: {Set(Es256)}");

    public new async ValueTask InitializeAsync()
    {
        Host = await ClientHost.StartAsync(http => http.Response.WriteAsync(Published.ToJson()));
        Settings["Idp:Outbound:CaFile"] = Host.CaFile;
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Host.DisposeAsync();
        _ec.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The claims of a good assertion, with these changes; null removes.</summary>
    internal JsonObject Claims(string client, params (string Name, JsonNode? Value)[] changes)
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = client,
            ["sub"] = client,
            ["aud"] = Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 60,
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return claims;
    }

    internal string Assertion(string client, SigningKey? key = null) => Jwt.Sign(key ?? Es256, "JWT", Claims(client));

    /// <summary>With any header, signed by the key of the client "jwt".</summary>
    internal string Forge(string header, JsonObject claims)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{input}.{Base64Url.EncodeToString(_ec.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    internal static Dictionary<string, string> With(string assertion) => new()
    {
        ["client_assertion_type"] = ClientAssertion.Type,
        ["client_assertion"] = assertion,
    };

    /// <summary>Asks for a grant that does not exist, so that only the authentication is decided.</summary>
    internal async Task<HttpResponseMessage> AskAsync(
        Dictionary<string, string> form, string? authorization = null, X509Certificate2? certificate = null, string path = "/token")
    {
        using var client = NewClient(certificate);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["grant_type"] = "none such" }),
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Set(params SigningKey[] keys) => new JsonWebKeySet(keys.Select(key => key.PublicKey)).ToJson();

    private static string Entry(string id, string members, string grant = GrantTypes.AuthorizationCode) => $"\n  - client_id: {id}\n" + string.Concat(
        $"{members}\ngrant_types: ['{grant}']\nredirect_uris: [https://{id}.test/callback]\nscopes: [openid]"
            .Split('\n').Select(line => $"    {line}\n"));
}
