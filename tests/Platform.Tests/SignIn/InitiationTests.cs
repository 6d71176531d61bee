using Platform.Tests.Browser;
using Platform.Tests.Topology;

namespace Platform.Tests.SignIn;

/// <summary>A sign-in that another site begins (OpenID Connect Core section 4), with what a real browser makes of Strict cookies.</summary>
public sealed class InitiationTests(SharedTopology shared, Chromium chromium)
{
    private readonly RunningTopology _topology = shared.Running;

    [Fact]
    public async Task A_link_of_another_site_signs_in_anew_and_ends_the_session_of_before()
    {
        await using var portal = await PortalPage.OpenAsync(chromium, _topology);
        await portal.SignInAsync(User.Ada);
        var former = await portal.HandleAsync();

        var target = Uri.EscapeDataString($"{_topology.Portal}/?from=elsewhere");
        await portal.Page.GotoAsync(
            $"data:text/html,<a href='{_topology.Portal}/auth/initiate?iss={Uri.EscapeDataString(_topology.Issuer)}%26target_link_uri={target}'>go</a>");
        await portal.Page.ClickAsync("a");
        await portal.Page.WaitForURLAsync($"{_topology.Portal}/?from=elsewhere");
        await portal.Portal.WaitForAsync();

        Assert.NotEqual(former, await portal.HandleAsync());
        using var thief = new HttpUserAgent(_topology);
        thief.Cookies.Add(PortalPage.SessionCookieOf(former));
        Assert.Null(await thief.SessionAsync(TestContext.Current.CancellationToken));
    }
}
