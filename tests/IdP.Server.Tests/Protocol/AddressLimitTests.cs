using System.Net;
using Platform.IdP.Protocol;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Protocol;

public sealed class AddressLimitTests(AddressLimitTests.LimitedServer server) : IClassFixture<AddressLimitTests.LimitedServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T26_A_flood_gets_429_but_metadata_and_keys_stay_free()
    {
        using var client = server.NewClient();
        for (var passed = 0; passed < 3; passed++)
        {
            using var response = await client.PostAsync("/par", null, Cancelled);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, response.StatusCode);
        }

        using var refused = await client.PostAsync("/par", null, Cancelled);
        using var page = await client.GetAsync("/end_session", Cancelled);
        using var metadata = await client.GetAsync("/.well-known/openid-configuration", Cancelled);
        using var keys = await client.GetAsync("/jwks", Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Equal("temporarily_unavailable", (await Portal.Json(refused)).GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.OK, metadata.StatusCode);
        Assert.Equal(HttpStatusCode.OK, keys.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.0/8", HttpStatusCode.BadRequest)]
    [InlineData("10.0.0.0/8", HttpStatusCode.TooManyRequests)]
    public async Task X_Forwarded_For_says_who_it_is_where_a_trusted_proxy_sends_it(string network, HttpStatusCode another)
    {
        await using var proxied = new LimitedServer();
        proxied.Settings["Idp:TrustedProxies:0"] = network;
        await ((IAsyncLifetime)proxied).InitializeAsync();

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests],
            [await LogoutAsync(), await LogoutAsync(), await LogoutAsync(), await LogoutAsync()]);
        Assert.Equal(another, await LogoutAsync("203.0.113.2"));

        async Task<HttpStatusCode> LogoutAsync(string address = "203.0.113.1")
        {
            using var client = proxied.NewClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            using var response = await client.GetAsync("/end_session?client_id=nobody", Cancelled);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData(0, 10, "PerAddress")]
    [InlineData(1, 0, "Window")]
    [InlineData(1, 4000, "Window")]
    public void Options_that_cannot_be_meant_are_refused(int perAddress, int seconds, string member)
    {
        var options = new LimitOptions { PerAddress = perAddress, Window = TimeSpan.FromSeconds(seconds) };

        Assert.Contains(member, new LimitOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    public sealed class LimitedServer : IdpServer
    {
        public LimitedServer()
        {
            Settings["Idp:Limits:PerAddress"] = "3";
            Settings["Idp:Limits:Window"] = "01:00:00";
        }
    }
}
