using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Protocol;

public sealed class RedisAwayTests
{
    [Fact]
    public async Task While_Redis_is_away_every_answer_is_503_and_nothing_is_half_done()
    {
        await using var server = new IdpServer();
        await server.InitializeAsync();
        using var portal = new Portal(server);
        server.Redis.Stop();

        using var pushed = await portal.PostAsync("/par", Portal.Request());
        using var redeemed = await portal.RedeemAsync("a code");
        using var page = await portal.Browser.GetAsync(Portal.PlainAddress());

        foreach (var response in new[] { pushed, redeemed, page })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        Assert.Equal("temporarily_unavailable", (await Portal.Json(pushed)).GetProperty("error").GetString());
        Assert.Contains("<code>temporarily_unavailable</code>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
