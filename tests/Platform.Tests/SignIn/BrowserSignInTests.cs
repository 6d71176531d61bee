using System.Text.RegularExpressions;
using Platform.Tests.Browser;
using Platform.Tests.Topology;

namespace Platform.Tests.SignIn;

public sealed partial class BrowserSignInTests(SharedTopology shared, Chromium chromium)
{
    private readonly RunningTopology _topology = shared.Running;

    [Fact]
    public async Task A_person_signs_in_and_sees_the_contacts()
    {
        await using var portal = await PortalPage.OpenAsync(chromium, _topology);

        await portal.SignInAsync(User.Ada);
        await portal.Contacts.First.WaitForAsync();

        Assert.Contains(User.Ada.Name, await portal.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.NotEqual(0, await portal.Contacts.CountAsync());
    }

    [Fact]
    public async Task The_browser_holds_no_token()
    {
        await using var portal = await PortalPage.OpenAsync(chromium, _topology);
        await portal.SignInAsync(User.Ada);
        await portal.Contacts.First.WaitForAsync();

        Assert.Equal("", await portal.Page.EvaluateAsync<string>("document.cookie"));
        Assert.Equal("[]", await portal.Page.EvaluateAsync<string>(
            "JSON.stringify([...Object.keys(localStorage), ...Object.keys(sessionStorage)])"));

        // Every token here is a JWT, and every JWT begins with {" in base64url. So does the signed authorization response,
        // which passes through the browser as any response does.
        var received = SignedResponse().Replace(await portal.EverythingReceivedAsync(), "");
        Assert.Contains("/auth/session", received, StringComparison.Ordinal);
        Assert.Contains("/api/contacts", received, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", received, StringComparison.Ordinal);
        Assert.DoesNotContain("access_token", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_shows_the_signed_out_view_within_a_second_without_a_reload()
    {
        // The first event of all meets processes that are still compiling; the second says something of the system.
        await using var first = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Ada);
        await first.IsSignedOutByRevocationAsync(_topology, within: null, TestContext.Current.CancellationToken);
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Grace);
        await portal.Page.EvaluateAsync("window.neverReloaded = true");

        await portal.IsSignedOutByRevocationAsync(
            _topology, within: TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.True(await portal.Page.EvaluateAsync<bool>("window.neverReloaded"));
        Assert.Equal(0, await portal.Contacts.CountAsync());
    }

    [GeneratedRegex("(?<=/auth/callback\\?response=)[^ \n]*")]
    private static partial Regex SignedResponse();
}
