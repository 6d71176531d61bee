using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Platform.IdP.Tests.Clients;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Device;

/// <summary>Devices that have no secret: one that has nothing at all, and one with a certificate.</summary>
public sealed class DeviceClientKindsTests(DeviceClientKindsTests.Server server) : IClassFixture<DeviceClientKindsTests.Server>
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    public async Task A_public_client_says_who_it_is_and_gets_its_tokens()
    {
        using var device = new Device(server, "lamp");
        using var begun = await device.BeginAsync();
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var request = await Portal.Json(begun);
        using var person = new Television(server);

        await person.DecideAsync(request, "allow");

        using var issued = await device.PollAsync(request);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        Assert.Equal("lamp", Portal.Claims((await Portal.Json(issued)).IdToken()).GetProperty("aud").GetString());
    }

    [Theory]
    [InlineData("client_secret", "a-secret")]
    [InlineData("client_id", null)]
    [InlineData("client_id", "unheard-of")]
    public async Task A_public_client_that_shows_a_secret_or_no_name_is_refused(string name, string? value)
    {
        using var device = new Device(server, "lamp");

        using var response = await device.BeginAsync((name, value));

        Assert.Equal("invalid_client", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_code_of_a_public_client_is_of_no_use_to_another()
    {
        using var device = new Device(server, "lamp");
        var request = await Portal.Json(await device.BeginAsync());
        using var person = new Television(server);
        await person.DecideAsync(request, "allow");
        using var other = new Device(server, "other-lamp");

        using var refused = await other.PollAsync(request);

        Assert.Equal("invalid_grant", (await Portal.Json(refused)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_client_with_a_certificate_gets_tokens_that_are_bound_to_it()
    {
        using var certificate = server.Certificate();
        using var device = new Device(server, "meter", certificate);
        using var begun = await device.BeginAsync();
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var request = await Portal.Json(begun);
        using var person = new Television(server);

        await person.DecideAsync(request, "allow");

        using var issued = await device.PollAsync(request);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        var claims = Portal.Claims((await Portal.Json(issued)).AccessToken());
        Assert.Equal(
            System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(certificate.RawData)),
            claims.GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    [Fact]
    public async Task Without_its_certificate_the_client_neither_begins_nor_polls()
    {
        using var certificate = server.Certificate();
        using var device = new Device(server, "meter", certificate);
        var request = await Portal.Json(await device.BeginAsync());
        using var bare = new Device(server, "meter");

        using var begun = await bare.BeginAsync();
        using var polled = await bare.PollAsync(request);

        Assert.Equal("invalid_client", (await Portal.Json(begun)).GetProperty("error").GetString());
        Assert.Equal("invalid_client", (await Portal.Json(polled)).GetProperty("error").GetString());
    }

    private sealed class Device(IdpServer server, string clientId, X509Certificate2? certificate = null) : IDisposable
    {
        private readonly HttpClient _http = server.NewClient(certificate);

        public Task<HttpResponseMessage> BeginAsync(params (string Name, string? Value)[] changes) =>
            PostAsync("/device_authorization", [("scope", "openid"), .. changes]);

        public Task<HttpResponseMessage> PollAsync(JsonElement begun) => PostAsync("/token",
            ("grant_type", GrantType), ("device_code", begun.GetProperty("device_code").GetString()));

        public void Dispose() => _http.Dispose();

        private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] changes) => _http.PostAsync(
            path, new FormUrlEncodedContent(Portal.Change(new() { ["client_id"] = clientId }, changes)),
            TestContext.Current.CancellationToken);
    }

    public sealed class Server : DeviceServer, IAsyncDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Server() => Settings["Idp:Mtls:Enabled"] = "true";

        internal override string MoreClients => base.MoreClients + Entry("lamp", "none") + Entry("other-lamp", "none") + $"""
            {Entry("meter", "self_signed_tls_client_auth").TrimEnd()}
                jwks: {new JsonWebKeySet([SigningKey.FromPem(_key.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.ES256).PublicKey]).ToJson()}

            """;

        internal X509Certificate2 Certificate() => TestAuthority.SelfSigned("CN=meter", _key, Clock.GetUtcNow());

        public new async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _key.Dispose();
            GC.SuppressFinalize(this);
        }

        private static string Entry(string id, string method) => $"""

              - client_id: {id}
                token_endpoint_auth_method: {method}
                grant_types: [{GrantType}]
                scope: openid

            """;
    }
}
