using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class CertificateBindingTests(MtlsServer server) : IClassFixture<MtlsServer>
{
    [Fact]
    public async Task T68_A_token_is_bound_to_the_certificate_of_the_connection()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server, certificate.Certificate);
        using var issued = await caller.GetOwnTokenAsync(SenderServer.Certified);

        var tokens = await Caller.SuccessAsync(issued);
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        var token = tokens.GetProperty("access_token").GetString()!;
        Assert.Equal(certificate.Thumbprint, Portal.Claims(token).GetProperty("cnf").GetProperty("x5t#S256").GetString());

        // The holder may use it: what is refused is the method.
        using var response = await caller.CallAsync("Bearer", token, proof: null);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task T68_The_token_is_worth_nothing_without_the_certificate_or_with_another()
    {
        using var certificate = new ClientCertificate();
        using var other = new ClientCertificate("another client");
        using var caller = new Caller(server, certificate.Certificate);
        using var bare = new Caller(server);
        using var thief = new Caller(server, other.Certificate);
        using var issued = await caller.GetOwnTokenAsync(SenderServer.Certified);
        var token = await Caller.TokenAsync(issued);

        using var without = await bare.CallAsync("Bearer", token, proof: null);
        using var withAnother = await thief.CallAsync("Bearer", token, proof: null);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Contains("error=\"invalid_token\"", without.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, withAnother.StatusCode);
    }

    [Fact]
    public async Task T68_A_second_connection_shows_the_certificate_again()
    {
        using var certificate = new ClientCertificate();
        using var first = new Caller(server, certificate.Certificate);
        using var issued = await first.GetOwnTokenAsync(SenderServer.Certified);
        var token = await Caller.TokenAsync(issued);

        // SocketsHttpHandler resumes TLS sessions across handlers of a process.
        using var second = new Caller(server, certificate.Certificate);
        using var response = await second.CallAsync("Bearer", token, proof: null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task T74_Without_a_certificate_there_is_no_token()
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task A_client_that_did_not_ask_for_it_gets_no_binding_to_its_certificate()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server, certificate.Certificate);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));

        var confirmation = Portal.Claims(await Caller.TokenAsync(response)).GetProperty("cnf");
        Assert.Equal(["jkt"], confirmation.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task T68_A_client_that_shows_certificate_and_proof_is_bound_to_both()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server, certificate.Certificate);
        using var issued = await caller.GetOwnTokenAsync(SenderServer.Certified, caller.Key.Prove(ProofKey.Token));
        var token = await Caller.TokenAsync(issued);
        using var bare = new Caller(server);

        using var both = await caller.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token));
        using var proofAlone = await bare.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token));
        using var certificateAlone = await caller.CallAsync("Bearer", token, proof: null);

        Assert.Equal(HttpStatusCode.Forbidden, both.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, proofAlone.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, certificateAlone.StatusCode);
    }

    [Fact]
    public async Task T67_A_forwarded_certificate_is_ignored_where_no_proxy_is_trusted()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server);
        caller.Http.DefaultRequestHeaders.Add("Client-Cert", certificate.AsByteSequence);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task The_metadata_tell_of_bound_tokens_and_of_no_alias()
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken);

        var metadata = await Caller.SuccessAsync(response);
        Assert.True(metadata.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
        Assert.False(metadata.TryGetProperty("mtls_endpoint_aliases", out _));
    }
}
