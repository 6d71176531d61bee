using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Logout;

public abstract class RefreshTokenRevocationTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Revokes_the_refresh_token_when_a_person_signs_out()
    {
        await SignOutAsync(refreshes: true);

        var form = Assert.Single(_portal.Provider.Forms, form => form.Path == "/revoke").Form;
        Assert.Contains(form["token"], _portal.Provider.Issued);
        Assert.Equal("refresh_token", form["token_type_hint"]);
    }

    [Fact]
    public async Task Asks_for_nothing_when_there_is_no_refresh_token()
    {
        await SignOutAsync(refreshes: false);

        Assert.DoesNotContain(_portal.Provider.Forms, form => form.Path == "/revoke");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(400)]
    public async Task Signs_out_when_the_provider_refuses_or_is_away_and_says_so_in_the_log(int status)
    {
        _portal.Provider.RevocationStatus = status;

        await SignOutAsync(refreshes: true);

        Assert.Contains(_portal.Logs.Lines, line =>
            line.Contains("was not revoked at the provider", StringComparison.Ordinal) && line.Contains($"{status}", StringComparison.Ordinal));
    }

    private async Task SignOutAsync(bool refreshes)
    {
        _portal.Provider.Refreshes = refreshes;
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var logout = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
        Assert.Empty(browser.Cookies);
    }
}
