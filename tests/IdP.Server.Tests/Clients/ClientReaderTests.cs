using Microsoft.Extensions.Configuration;
using Platform.IdP.Clients;
using Platform.IdP.Configuration;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

public sealed class ClientReaderTests : IDisposable
{
    private const string Secret = "token_endpoint_auth_method: client_secret_basic\nclient_secret: a-secret-of-many-characters";
    private const string None = "token_endpoint_auth_method: none";
    private const string Key = "token_endpoint_auth_method: private_key_jwt\njwks_uri: https://app.test/jwks";
    private const string BaselineKey = Key + "\nprofile: baseline";
    private const string NoKey = "token_endpoint_auth_method: private_key_jwt";
    private const string MessageSigning = Key + "\nprofile: fapi2_message_signing";
    private const string Rs256Keys = NoKey + "\njwks: RS256";
    private const string Es256Keys = NoKey + "\njwks: ES256";
    private const string Tls = "token_endpoint_auth_method: tls_client_auth\ntls_client_auth_subject_dn: CN=app";
    private const string TlsAlone = "token_endpoint_auth_method: tls_client_auth";
    private const string SelfSigned = "token_endpoint_auth_method: self_signed_tls_client_auth";

    private static readonly Dictionary<string, string> KeySets = new()
    {
        ["RS256"] = PublicSet(JwsAlgorithm.RS256),
        ["ES256"] = PublicSet(JwsAlgorithm.ES256),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-clients-").FullName;

    [Theory]
    [InlineData(Secret, "profile: fapi2", "profile", "FAPI 2.0 clients authenticate by private_key_jwt")]
    [InlineData(None, "profile: fapi2", "profile", "FAPI 2.0 clients authenticate by private_key_jwt")]
    [InlineData(Secret, "profile: fapi1", "profile", "must be of baseline, fapi2")]
    [InlineData(None, "grant_types: [client_credentials]", "grant_types", "a public client cannot have client_credentials")]
    [InlineData(None, "grant_types: ['urn:openid:params:grant-type:ciba']", "grant_types", "a public client cannot have urn:openid")]
    [InlineData(None, "require_pkce: false", "require_pkce", "public clients and FAPI 2.0 require PKCE")]
    [InlineData(Key, "client_assertion_audience: endpoint", "client_assertion_audience", "FAPI 2.0 has the issuer as the only audience")]
    [InlineData(Key, "require_pkce: false", "require_pkce", "public clients and FAPI 2.0 require PKCE")]
    [InlineData(Key, "require_pushed_authorization_requests: false", "require_pushed_authorization_requests", "requires pushed requests")]
    [InlineData(MessageSigning, "require_signed_request_object: false", "require_signed_request_object", "requires signed requests")]
    [InlineData(Secret, "access_token_format: xml", "access_token_format", "must be of jwt, opaque")]
    [InlineData(Secret, "subject_type: secret", "subject_type", "must be of public, pairwise")]
    [InlineData(Secret, "default_max_age: soon", "default_max_age", "must be a whole number")]
    [InlineData(Secret, "colour: red", null, "'colour' is not known here")]
    public void Tells_a_fault_of_the_profile(string method, string members, string? member, string fault) =>
        Refuses(method, members, member, fault);

    [Theory]
    [InlineData(NoKey, "", "token_endpoint_auth_method", "private_key_jwt needs the client's keys")]
    [InlineData(SelfSigned, "", "token_endpoint_auth_method", "self_signed_tls_client_auth needs the client's keys")]
    [InlineData(Key, "jwks: ES256", "jwks_uri", "'jwks' and 'jwks_uri' exclude each other")]
    [InlineData(Rs256Keys, "", "jwks", "no key in it is for ES256 or PS256")]
    [InlineData(Es256Keys, "token_endpoint_auth_signing_alg: PS256", "jwks", "no key in it is for PS256")]
    [InlineData(NoKey, "jwks: {keys: []}", "jwks", "no key in it can be used")]
    [InlineData(NoKey, "jwks: {keys: [{kty: oct, k: c2VjcmV0}]}", "jwks", "no key in it can be used")]
    [InlineData(NoKey, "jwks: {}", "jwks", "Write {keys: [...]}")]
    [InlineData(Key, "client_secret: a-secret-of-many-characters", "token_endpoint_auth_method", "a client of private_key_jwt has no secret")]
    [InlineData(None, "client_secret: a-secret-of-many-characters", "token_endpoint_auth_method", "a client of none has no secret")]
    [InlineData(Secret, "client_secret_hash: x", "client_id", "give either 'client_secret' or 'client_secret_hash'")]
    [InlineData(Tls, "tls_client_auth_san_dns: app.test", "token_endpoint_auth_method", "needs exactly one of tls_client_auth_subject_dn")]
    [InlineData(TlsAlone, "", "token_endpoint_auth_method", "needs exactly one of tls_client_auth_subject_dn")]
    [InlineData(TlsAlone, "tls_client_auth_subject_dn: app", "tls_client_auth_subject_dn", "it cannot be read")]
    [InlineData(TlsAlone, "tls_client_auth_san_ip: app.test", "tls_client_auth_san_ip", "it cannot be read")]
    [InlineData(Secret, "tls_client_auth_san_dns: app.test", "tls_client_auth_san_dns", "only tls_client_auth has it")]
    [InlineData(Secret, "require_signed_request_object: true", "require_signed_request_object", "signed requests need the client's keys")]
    [InlineData(Secret, "request_object_signing_alg: ES256", "request_object_signing_alg", "signed requests need the client's keys")]
    [InlineData(Secret, "backchannel_authentication_request_signing_alg: ES256", "backchannel_authentication_request_signing_alg", "signed requests need the client's keys")]
    public void Tells_a_fault_of_the_credentials(string method, string members, string? member, string fault) =>
        Refuses(method, members, member, fault);

    [Theory]
    [InlineData("token_endpoint_auth_signing_alg")]
    [InlineData("request_object_signing_alg")]
    [InlineData("id_token_signed_response_alg")]
    [InlineData("userinfo_signed_response_alg")]
    [InlineData("introspection_signed_response_alg")]
    [InlineData("authorization_signed_response_alg")]
    [InlineData("backchannel_authentication_request_signing_alg")]
    public void T76_A_fapi_client_has_no_RS256(string member)
    {
        Refuses(Key, $"{member}: RS256", member, "FAPI 2.0 does not allow RS256");
        Refuses(Key, $"{member}: HS256", member, "must be of ES256, PS256, RS256");
        Accepts(BaselineKey, $"{member}: RS256");
    }

    [Theory]
    [InlineData(Secret, "redirect_uris: [http://app.test/]", "redirect_uris", "must be an absolute https address")]
    [InlineData(Secret, "redirect_uris: [https://app.test/#top]", "redirect_uris", "must be an absolute https address")]
    [InlineData(Secret, "redirect_uris: [https://*.app.test/]", "redirect_uris", "must be an absolute https address")]
    [InlineData(Secret, "redirect_uris: [https://user@app.test/]", "redirect_uris", "must be an absolute https address")]
    [InlineData(Secret, "redirect_uris: [/callback]", "redirect_uris", "must be an absolute https address")]
    [InlineData(Secret, "redirect_uris: [com.example.app:/callback]", "redirect_uris", "must be an absolute https address")]
    [InlineData(None, "redirect_uris: ['javascript:alert(1)']", "redirect_uris", "must be an absolute https address")]
    [InlineData(None, "redirect_uris: ['myapp:/callback']", "redirect_uris", "must be an absolute https address")]
    [InlineData(None, "redirect_uris: ['com.example://host/callback']", "redirect_uris", "must be an absolute https address")]
    [InlineData(None, "redirect_uris: ['com.example:/callback#top']", "redirect_uris", "must be an absolute https address")]
    [InlineData(Key, "redirect_uris: [http://127.0.0.1/callback]", "redirect_uris", "must be https: FAPI 2.0")]
    [InlineData(Secret, "redirect_uris: []", "client_id", "'redirect_uris' is missing")]
    [InlineData(Secret, "post_logout_redirect_uris: [http://app.test/]", "post_logout_redirect_uris", "must be an absolute https address")]
    [InlineData(Secret, "jwks_uri: http://app.test/", "jwks_uri", "must be an absolute https address")]
    [InlineData(Secret, "request_uris: [http://app.test/]", "request_uris", "must be an absolute https address")]
    [InlineData(Secret, "backchannel_logout_uri: ftp://app.test/", "backchannel_logout_uri", "must be an absolute https address")]
    [InlineData(Secret, "subject_type: pairwise\nredirect_uris: [https://a.test/, https://b.test/]", "subject_type", "need one host in redirect_uris")]
    [InlineData(None, "subject_type: pairwise\nredirect_uris: ['com.example:/callback']", "subject_type", "need one host in redirect_uris")]
    [InlineData(Key, "backchannel_token_delivery_mode: ping", "backchannel_token_delivery_mode", "ping needs an address to notify")]
    [InlineData(Key, "backchannel_token_delivery_mode: push", "backchannel_token_delivery_mode", "must be of poll, ping")]
    public void Tells_a_fault_of_an_address(string method, string members, string? member, string fault) =>
        Refuses(method, members, member, fault);

    [Theory]
    [InlineData(None, "redirect_uris: ['com.example.app:/callback', 'http://127.0.0.1/callback', 'http://[::1]/callback']")]
    [InlineData(Secret, "redirect_uris: ['http://localhost:5000/callback']")]
    [InlineData(Secret, "request_uris: ['https://app.test/request#hash']")]
    [InlineData(Secret, "require_pkce: false")]
    [InlineData(Rs256Keys, "token_endpoint_auth_signing_alg: RS256\nprofile: baseline")]
    [InlineData(Key, "backchannel_token_delivery_mode: ping\nbackchannel_client_notification_endpoint: https://app.test/ping")]
    [InlineData(SelfSigned, "jwks_uri: https://app.test/jwks")]
    [InlineData(Tls, "")]
    [InlineData(Secret, "subject_type: pairwise\nredirect_uris: [https://a.test/, https://b.test/]\nsector_identifier_uri: https://a.test/uris")]
    public void Accepts_what_is_in_order(string method, string members) => Accepts(method, members);

    [Theory]
    [InlineData(Secret, ClientProfile.Baseline)]
    [InlineData(None, ClientProfile.Baseline)]
    [InlineData(Key, ClientProfile.Fapi2)]
    [InlineData(Tls, ClientProfile.Fapi2)]
    public void A_client_with_a_key_is_held_to_FAPI(string method, object profile)
    {
        var client = Accepts(method, "");

        Assert.Equal(profile, client.Profile);
        Assert.Equal(client.IsFapi, client.RequiresPushedRequests);
        Assert.True(client.RequiresPkce);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Refuses(string method, string members, string? member, string fault)
    {
        var thrown = Assert.Throws<ConfigurationFileException>(() => Read(method, members));

        Assert.Contains(fault, thrown.Fault, StringComparison.Ordinal);
        Assert.Equal(member, thrown.Member);
    }

    private Client Accepts(string method, string members) => Read(method, members);

    [Fact]
    public void Under_an_issuer_of_plain_http_a_client_with_a_key_may_be_http_too() => Assert.Equal(
        ["http://localhost:5000/callback"],
        Read(Key, "redirect_uris: ['http://localhost:5000/callback']", "http://localhost:5100").RedirectUris);

    private Client Read(string method, string members, string issuer = "https://idp.test")
    {
        // What a case gives stands for what is here.
        string[] preset = ["grant_types: [authorization_code]", "redirect_uris: [https://app.test/callback]", "scopes: [openid]"];
        var lines = $"{method}\n{members}".Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ") is ["jwks", var set] && KeySets.TryGetValue(set, out var json) ? $"jwks: {json}" : line)
            .ToList();
        lines.AddRange(preset.Where(line => !lines.Exists(given => given.Split(':')[0] == line.Split(':')[0])));
        var text = "clients:\n  - client_id: app\n" + string.Concat(lines.Select(line => $"    {line}\n"));
        var resources = ResourceRegistry.Read(Write("resources.yaml", "resources: []"), issuer);
        return ClientsFile.Read(Write("clients.yaml", text), resources).Find("app")!;
    }

    private ConfigurationFile Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return new ConfigurationFile(path, new ConfigurationBuilder().Build());
    }

    private static string PublicSet(JwsAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        return new JsonWebKeySet([key.PublicKey]).ToJson();
    }
}
