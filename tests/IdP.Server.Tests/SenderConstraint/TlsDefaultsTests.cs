using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

[SupportedOSPlatform("linux")]
public sealed class TlsDefaultsTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Theory]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    public async Task Takes_the_suites_that_FAPI_allows(SslProtocols protocol, TlsCipherSuite suite) =>
        Assert.Equal(suite, await ConnectAsync(protocol, suite));

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CCM)]
    public async Task Refuses_all_others_of_TLS_1_2(TlsCipherSuite suite) =>
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => ConnectAsync(SslProtocols.Tls12, suite));

    [Fact]
    public async Task Prefers_TLS_1_3()
    {
        await using var tls = await ConnectAsync(new SslClientAuthenticationOptions());

        Assert.Equal(SslProtocols.Tls13, tls.SslProtocol);
    }

    private async Task<TlsCipherSuite> ConnectAsync(SslProtocols protocol, TlsCipherSuite suite)
    {
        await using var tls = await ConnectAsync(new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = protocol,
            CipherSuitesPolicy = new CipherSuitesPolicy([suite]),
        });
        return tls.NegotiatedCipherSuite;
    }

    private async Task<SslStream> ConnectAsync(SslClientAuthenticationOptions options)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port, TestContext.Current.CancellationToken);
        var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
        options.TargetHost = "idp.test";
        options.RemoteCertificateValidationCallback = (_, shown, _, _) => server.IsItsCertificate(shown);
        await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        return tls;
    }
}
