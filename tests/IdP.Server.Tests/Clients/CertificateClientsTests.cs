using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Clients;

public sealed class CertificateClientsTests : IAsyncLifetime
{
    private readonly KeyClients _server = new();
    private readonly TestAuthority _authority;

    public CertificateClientsTests() => _authority = new TestAuthority(_server.Clock.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _server.Settings["Idp:Mtls:Enabled"] = "true";
        _server.Settings["Idp:Mtls:CaFile"] = _authority.File;
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task T67_A_certificate_of_the_authority_with_the_registered_name_speaks_for_the_client()
    {
        using var certificate = _authority.Issue("CN=tls");
        using var other = _authority.Issue("CN=other");
        using var own = TestAuthority.SelfSigned("CN=tls", _server.Ec, _server.Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("tls", certificate));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("tls", other));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("tls", own));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("tls", certificate: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("post", certificate));
    }

    [Fact]
    public async Task T67_A_certificate_with_the_registered_key_speaks_for_the_client()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = TestAuthority.SelfSigned("CN=whoever", _server.Ec, _server.Clock.GetUtcNow());
        using var other = TestAuthority.SelfSigned("CN=whoever", foreign, _server.Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("self", certificate));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("self", other));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("self", certificate: null));
    }

    [Fact]
    public async Task T62_Certificates_are_advertised_when_they_are_asked_for()
    {
        using var client = _server.NewClient();
        using var response = await client.GetAsync("/.well-known/oauth-authorization-server", TestContext.Current.CancellationToken);

        var methods = (await Portal.Json(response)).GetProperty("token_endpoint_auth_methods_supported")
            .EnumerateArray().Select(method => method.GetString());
        Assert.Superset(new HashSet<string?>(["tls_client_auth", "self_signed_tls_client_auth"]), methods.ToHashSet());
    }

    private async Task<HttpStatusCode> AskAsync(string client, X509Certificate2? certificate)
    {
        using var response = await _server.AskAsync(new() { ["client_id"] = client }, certificate: certificate);
        return response.StatusCode;
    }
}
