using System.Net;
using Platform.Bff.Tests.Fixture;
using Platform.Sessions;

namespace Platform.Bff.Tests.Logout;

public sealed class BackchannelLogoutStoreTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task L11_leaves_nothing_of_the_session_that_a_refresh_token_could_be_read_from()
    {
        _portal.Provider.Refreshes = true;
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var key = $"session:{SessionStore.KeyOf(browser.Handle!)}";
        Assert.True(await _portal.Redis.Connection.GetDatabase().KeyExistsAsync(key));

        using var content = new FormUrlEncodedContent([new("logout_token", _portal.Provider.SignLogoutToken())]);
        using var answer = await browser.SendAsync(HttpMethod.Post, "/auth/backchannel-logout", content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(await _portal.Redis.Connection.GetDatabase().KeyExistsAsync(key));
    }
}
