using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Cors;

public sealed class CorsTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Theory]
    [InlineData("/token", "POST", "https://spa.test")]
    [InlineData("/token", "POST", "http://localhost:3000")]
    [InlineData("/userinfo", "GET", "https://spa.test")]
    [InlineData("/revoke", "POST", "https://spa.test")]
    [InlineData("/jwks", "GET", "https://spa.test")]
    [InlineData("/.well-known/openid-configuration", "GET", "https://spa.test")]
    [InlineData("/.well-known/oauth-authorization-server", "GET", "https://spa.test")]
    public async Task A_page_of_a_public_client_may_call_what_programs_call(string path, string method, string origin)
    {
        using var preflight = await PreflightAsync(path, method, origin);
        using var answer = await SendAsync(path, method, origin);

        foreach (var response in new[] { preflight, answer })
        {
            Assert.Equal(origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        Assert.Contains("dpop", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/token", "POST", "https://evil.test")]
    [InlineData("/token", "POST", "https://app.test")]
    [InlineData("/token", "POST", "https://spa.tes")]
    [InlineData("/token", "POST", "https://spa.test.evil.test")]
    [InlineData("/token", "POST", "http://spa.test")]
    [InlineData("/token", "POST", "https://spa.test:8443")]
    [InlineData("/token", "POST", "null")]
    [InlineData("/authorize", "GET", "https://spa.test")]
    [InlineData("/login", "POST", "https://spa.test")]
    [InlineData("/introspect", "POST", "https://spa.test")]
    [InlineData("/end_session", "GET", "https://spa.test")]
    public async Task T73_No_other_origin_and_no_page_is_let_in(string path, string method, string origin)
    {
        using var preflight = await PreflightAsync(path, method, origin);
        using var answer = await SendAsync(path, method, origin);

        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task<HttpResponseMessage> PreflightAsync(string path, string method, string origin)
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,dpop");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string method, string origin)
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", origin);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
