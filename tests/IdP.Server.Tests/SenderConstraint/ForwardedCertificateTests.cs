using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class ForwardedCertificateTests(ProxiedServer server, ElsewhereProxiedServer elsewhere)
    : IClassFixture<ProxiedServer>, IClassFixture<ElsewhereProxiedServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task T67_A_trusted_proxy_passes_the_certificate_on(bool asByteSequence)
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server);
        caller.Http.DefaultRequestHeaders.Add("Client-Cert", asByteSequence ? certificate.AsByteSequence : certificate.AsEscapedPem);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        var token = await Caller.TokenAsync(response);
        Assert.Equal(certificate.Thumbprint, Portal.Claims(token).GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    [Fact]
    public async Task T67_The_proxys_own_certificate_is_not_its_clients()
    {
        using var proxy = new ClientCertificate("the proxy");
        using var caller = new Caller(server, proxy.Certificate);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData(":not base64:")]
    [InlineData("::")]
    [InlineData(":AAAA:")]
    [InlineData("-----BEGIN%20CERTIFICATE-----")]
    public async Task T67_A_header_that_holds_no_certificate_counts_as_none(string header)
    {
        using var caller = new Caller(server);
        caller.Http.DefaultRequestHeaders.Add("Client-Cert", header);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task T67_Two_certificates_count_as_none()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server);
        caller.Http.DefaultRequestHeaders.Add("Client-Cert", [certificate.AsByteSequence, certificate.AsByteSequence]);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.1.2.3")]
    public async Task T67_Threat30_Nobody_else_can_pass_a_certificate_on(string? forwardedFor)
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(elsewhere);
        caller.Http.DefaultRequestHeaders.Add("Client-Cert", certificate.AsByteSequence);
        if (forwardedFor is not null)
        {
            caller.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }

        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task T67_Who_is_no_proxy_shows_its_own_certificate()
    {
        using var own = new ClientCertificate();
        using var claimed = new ClientCertificate("somebody else");
        using var caller = new Caller(elsewhere, own.Certificate);
        caller.Http.DefaultRequestHeaders.Add("Client-Cert", claimed.AsByteSequence);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        var token = await Caller.TokenAsync(response);
        Assert.Equal(own.Thumbprint, Portal.Claims(token).GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    [Fact]
    public async Task Threat30_Forwarded_headers_change_neither_the_issuer_nor_the_address_of_a_proof()
    {
        using var caller = new Caller(elsewhere);
        caller.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.test");
        caller.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        caller.Http.DefaultRequestHeaders.Host = "evil.test";

        using var metadata = await caller.Http.GetAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken);
        using var forged = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove("https://evil.test/token"));
        using var plain = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove("http://idp.test/token"));
        using var good = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));

        var text = (await Caller.SuccessAsync(metadata)).GetRawText();
        Assert.Contains("\"issuer\":\"https://idp.test\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.test", text, StringComparison.Ordinal);
        await Caller.RefusesAsync(forged, "invalid_dpop_proof");
        await Caller.RefusesAsync(plain, "invalid_dpop_proof");
        Assert.Equal(IdpServer.Issuer, Portal.Claims(await Caller.TokenAsync(good)).GetProperty("iss").GetString());
    }
}
