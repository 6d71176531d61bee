using Microsoft.Playwright;
using Platform.Tests.Browser;
using Platform.Tests.Topology;

namespace Platform.Tests.SignIn;

/// <summary>"Where you are signed in", with several browsers of one person.</summary>
public sealed class SessionListTests(SharedTopology shared, Chromium chromium)
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0";
    private const string Phone =
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36";

    private readonly RunningTopology _topology = shared.Running;

    [Fact]
    public async Task A_person_ends_the_session_of_another_browser_which_shows_it_at_once()
    {
        await using var stolen = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Windows);
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Phone);
        await portal.Sessions.Locator(".device[data-current=yes]", new() { HasText = "Chrome 129 on Android" }).WaitForAsync();
        var device = portal.Device("Firefox 131 on Windows");
        await device.First.WaitForAsync();
        var listed = await device.CountAsync();

        await device.First.GetByRole(AriaRole.Button).ClickAsync();

        await stolen.SignedOutBecause("revoked").WaitForAsync();
        await device.Nth(listed - 1).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await portal.IsLiveAsync();
    }

    [Fact]
    public async Task A_browser_whose_session_was_ended_elsewhere_is_not_signed_in_again_silently()
    {
        await using var stolen = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Windows);
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace);
        await portal.Device("Firefox 131 on Windows").First.GetByRole(AriaRole.Button).ClickAsync();
        await stolen.SignedOutBecause("revoked").WaitForAsync();

        await stolen.Page.ReloadAsync();

        await stolen.SignedOutBecause("welcome").WaitForAsync();
        Assert.Equal("""{"signed-out":"ended"}""", await stolen.KeptAsync());

        // The provider still knows the person: asked to, it signs in without a question.
        await stolen.SignedOut.GetByRole(AriaRole.Link).ClickAsync();
        await stolen.Portal.WaitForAsync();
        Assert.Equal("{}", await stolen.KeptAsync());
    }

    [Fact]
    public async Task A_person_ends_all_other_sessions_and_stays_signed_in()
    {
        await using var desk = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Windows);
        await using var phone = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Phone);
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace);

        await portal.Page.ClickAsync("[data-action=end-others]");

        await desk.SignedOutBecause("revoked").WaitForAsync();
        await phone.SignedOutBecause("revoked").WaitForAsync();
        await portal.Sessions.GetByText("You are signed in nowhere else.").WaitForAsync();
        Assert.Equal(1, await portal.Sessions.Locator(".device").CountAsync());
        await portal.IsLiveAsync();
    }

    [Fact]
    public async Task A_list_that_cannot_be_fetched_says_so_and_comes_with_the_next_attempt()
    {
        await using var other = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Windows);
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace);
        var device = portal.Device("Firefox 131 on Windows").First;
        await device.WaitForAsync();
        await portal.SetOfflineAsync(true);

        await device.GetByRole(AriaRole.Button).ClickAsync();
        await portal.Sessions.GetByRole(AriaRole.Alert).GetByText("There is no connection.").WaitForAsync();
        await portal.SetOfflineAsync(false);
        await portal.Sessions.GetByRole(AriaRole.Button).ClickAsync();

        await device.WaitForAsync();
        await other.IsLiveAsync(); // nothing was ended
    }

    [Fact]
    public async Task A_session_that_could_not_be_ended_stays_in_the_list_with_a_word_about_it()
    {
        await using var other = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace, Windows);
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace);
        await portal.Page.RouteAsync("**/auth/sessions/*", route => route.AbortAsync());

        await portal.Device("Firefox 131 on Windows").First.GetByRole(AriaRole.Button).ClickAsync();

        await portal.Sessions.GetByRole(AriaRole.Alert).GetByText("could not be ended").WaitForAsync();
        Assert.NotEqual(0, await portal.Device("Firefox 131 on Windows").CountAsync());
        await other.IsLiveAsync();
    }

    [Fact]
    public async Task Signing_out_in_one_tab_shows_in_the_other_at_once()
    {
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace);
        await using var tab = await portal.OpenTabAsync();
        await tab.IsLiveAsync();

        await tab.SignOutAsync();

        await portal.SignedOutBecause("left").WaitForAsync();
        Assert.Equal(0, await portal.Contacts.CountAsync());
        await tab.SignedOut.WaitForAsync();
    }
}
