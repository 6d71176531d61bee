using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class MtlsListenerTests(MtlsPortServer server) : IClassFixture<MtlsPortServer>
{
    [Fact]
    public async Task T68_Its_own_listener_takes_the_certificate()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server, certificate.Certificate, server.MtlsPort);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified);

        var token = await Caller.TokenAsync(response);
        Assert.Equal(certificate.Thumbprint, Portal.Claims(token).GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    [Fact]
    public async Task Browsers_are_not_asked_for_a_certificate()
    {
        Assert.False(await AsksAsync(server.Port));
        Assert.True(await AsksAsync(server.MtlsPort));
    }

    [Fact]
    public async Task The_metadata_name_the_aliases_of_endpoints_that_exist()
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync("/.well-known/oauth-authorization-server", TestContext.Current.CancellationToken);

        var metadata = await Caller.SuccessAsync(response);
        var aliases = metadata.GetProperty("mtls_endpoint_aliases").EnumerateObject().ToDictionary(alias => alias.Name, alias => alias.Value.GetString());
        Assert.Equal($"{server.MtlsOrigin}/token", aliases["token_endpoint"]);
        Assert.Equal($"{server.MtlsOrigin}/userinfo", aliases["userinfo_endpoint"]);
        Assert.DoesNotContain("authorization_endpoint", aliases.Keys);
        Assert.All(aliases, alias =>
            Assert.Equal(metadata.GetProperty(alias.Key).GetString()!.Replace(IdpServer.Issuer, server.MtlsOrigin, StringComparison.Ordinal), alias.Value));
    }

    [Fact]
    public async Task T38_A_proof_may_name_the_alias_or_the_issuer()
    {
        using var caller = new Caller(server, port: server.MtlsPort);
        using var alias = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove($"{server.MtlsOrigin}/token"));
        using var issuer = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));
        using var other = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove($"{server.MtlsOrigin}/par"));

        await Caller.SuccessAsync(alias);
        await Caller.SuccessAsync(issuer);
        await Caller.RefusesAsync(other, "invalid_dpop_proof");
    }

    private async Task<bool> AsksAsync(int port)
    {
        using var certificate = new ClientCertificate();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "idp.test",
            ClientCertificates = new X509CertificateCollection { certificate.Certificate },
            RemoteCertificateValidationCallback = (_, shown, _, _) => server.IsItsCertificate(shown),
        }, TestContext.Current.CancellationToken);
        return tls.IsMutuallyAuthenticated;
    }
}
