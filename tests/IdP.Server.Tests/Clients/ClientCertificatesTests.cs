using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.IdP.Clients;
using Platform.IdP.Tests.Running;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

public sealed class ClientCertificatesTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly ManualClock _clock = new();
    private readonly TestAuthority _authority;
    private readonly ClientCertificates _certificates;

    public ClientCertificatesTests()
    {
        _authority = new TestAuthority(_clock.GetUtcNow());
        _certificates = New(_authority.File);
    }

    [Theory]
    [InlineData("tls_client_auth_subject_dn", "CN=app,O=Example")]
    [InlineData("tls_client_auth_san_dns", "app.test")]
    [InlineData("tls_client_auth_san_dns", "APP.test")]
    [InlineData("tls_client_auth_san_uri", "https://app.test/client")]
    [InlineData("tls_client_auth_san_ip", "10.1.2.3")]
    [InlineData("tls_client_auth_san_ip", "fd00:0::1")]
    [InlineData("tls_client_auth_san_email", "app@app.test")]
    public async Task T67_Accepts_a_certificate_with_the_registered_name(string member, string value)
    {
        using var certificate = _authority.Issue("CN=app, O=Example", TestAuthority.AllNames, ClientAuthentication);

        Assert.Null(await RefusalAsync(Named(member, value), certificate));
        Assert.Null(await RefusalAsync(Named(member, value), certificate));
    }

    [Theory]
    [InlineData("tls_client_auth_subject_dn", "CN=other,O=Example")]
    [InlineData("tls_client_auth_subject_dn", "CN=app")]
    [InlineData("tls_client_auth_san_dns", "other.app.test")]
    [InlineData("tls_client_auth_san_dns", "app@app.test")]
    [InlineData("tls_client_auth_san_uri", "https://app.test/Client")]
    [InlineData("tls_client_auth_san_ip", "10.1.2.4")]
    [InlineData("tls_client_auth_san_email", "other@app.test")]
    public async Task T67_Refuses_a_certificate_with_another_name(string member, string value)
    {
        using var certificate = _authority.Issue("CN=app, O=Example", TestAuthority.AllNames);

        Assert.Contains($"does not have the registered {member}", await RefusalAsync(Named(member, value), certificate), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls_client_auth_subject_dn", "CN=app")]
    [InlineData("tls_client_auth_san_dns", "app.test")]
    public async Task T67_A_name_counts_only_where_it_belongs(string member, string value)
    {
        using var certificate = _authority.Issue("CN=app.test", names => names.AddDnsName("app"));

        Assert.NotNull(await RefusalAsync(Named(member, value), certificate));
    }

    [Fact]
    public async Task T67_Refuses_a_certificate_of_another_authority()
    {
        using var other = new TestAuthority(_clock.GetUtcNow());
        using var certificate = other.Issue("CN=app");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = TestAuthority.SelfSigned("CN=app", key, _clock.GetUtcNow());
        var client = Named("tls_client_auth_subject_dn", "CN=app");

        Assert.Contains("no authority", await RefusalAsync(client, certificate), StringComparison.Ordinal);
        Assert.Contains("no authority", await RefusalAsync(client, own), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T67_Refuses_a_certificate_that_is_for_servers()
    {
        using var certificate = _authority.Issue("CN=app", usage: ServerAuthentication);

        Assert.NotNull(await RefusalAsync(Named("tls_client_auth_subject_dn", "CN=app"), certificate));
    }

    [Fact]
    public async Task T67_Refuses_a_certificate_that_has_expired_since_it_was_verified()
    {
        using var certificate = _authority.Issue("CN=app");
        var client = Named("tls_client_auth_subject_dn", "CN=app");
        Assert.Null(await RefusalAsync(client, certificate));
        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Contains("not valid now", await RefusalAsync(client, certificate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T67_Refuses_all_where_no_authority_is_configured()
    {
        using var certificate = _authority.Issue("CN=app");
        var client = Named("tls_client_auth_subject_dn", "CN=app");

        Assert.NotNull(await New(null).RefusalAsync(client, certificate, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task T67_Refuses_a_client_without_certificate()
    {
        Assert.NotNull(await RefusalAsync(Named("tls_client_auth_subject_dn", "CN=app"), certificate: null));
    }

    [Fact]
    public async Task T67_A_self_signed_certificate_counts_by_its_key()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var registered = SigningKey.FromPem(ec.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.ES256);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var client = Make(ClientAuthenticationMethods.SelfSignedTls) with { Keys = new JsonWebKeySet([registered.PublicKey]) };
        using var good = TestAuthority.SelfSigned("CN=whoever", ec, _clock.GetUtcNow());
        using var bad = TestAuthority.SelfSigned("CN=whoever", foreign, _clock.GetUtcNow());
        using var other = TestAuthority.SelfSigned("CN=whoever", large, _clock.GetUtcNow());

        Assert.Null(await RefusalAsync(client, good));
        Assert.Null(await RefusalAsync(client, good));
        Assert.Contains("not among the client's", await RefusalAsync(client, bad), StringComparison.Ordinal);
        Assert.Contains("neither RSA nor on P-256", await RefusalAsync(client, other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T67_A_self_signed_certificate_may_have_an_RSA_key()
    {
        using var rsa = RSA.Create(2048);
        using var registered = SigningKey.FromPem(rsa.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.PS256);
        var client = Make(ClientAuthenticationMethods.SelfSignedTls) with { Keys = new JsonWebKeySet([registered.PublicKey]) };
        var request = new CertificateRequest("CN=whoever", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(_clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(1));

        Assert.Null(await RefusalAsync(client, certificate));
    }

    [Theory]
    [InlineData("missing.pem")]
    [InlineData("Platform.IdP.Tests.dll")]
    public async Task A_file_without_authorities_stops_the_start(string file)
    {
        await using var server = new IdpServer();
        server.Settings["Idp:Mtls:CaFile"] = Path.Combine(AppContext.BaseDirectory, file);

        Assert.Equal(1, await server.Start().Ended);
    }

    public void Dispose() => _authority.Dispose();

    // Keys that are registered are never fetched, so that no HTTP client is needed.
    private ClientCertificates New(string? caFile) =>
        new(new CertificateAuthorities(caFile, _clock), new ClientKeys(outbound: null!, _clock));

    private async Task<string?> RefusalAsync(Client client, X509Certificate2? certificate) =>
        await _certificates.RefusalAsync(client, certificate, TestContext.Current.CancellationToken);

    private static Client Named(string member, string value) =>
        Make(ClientAuthenticationMethods.Tls) with { CertificateSubject = new CertificateSubject(member, value) };

    private static Client Make(string method) => new()
    {
        Id = "app",
        Name = "app",
        Profile = ClientProfile.Fapi2,
        AuthenticationMethod = method,
        Grants = [],
        Scopes = [],
        RedirectUris = [],
        PostLogoutRedirectUris = [],
        RequiresPushedRequests = true,
        RequiresPkce = true,
    };
}
