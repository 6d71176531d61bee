using Platform.Tests.Browser;
using Platform.Tests.Topology;

namespace Platform.Tests.SignIn;

/// <summary>Who is signed in at the provider is signed in here without a question; who has left is not.</summary>
public sealed class SilentSignInTests(SharedTopology shared, Chromium chromium)
{
    private readonly RunningTopology _topology = shared.Running;

    [Fact]
    public async Task A_person_whom_the_provider_knows_is_signed_in_without_a_form()
    {
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Ada);
        await portal.LoseSessionCookieAsync();

        await using var tab = await portal.OpenTabAsync();
        await tab.Contacts.First.WaitForAsync();

        Assert.Contains(User.Ada.Name, await tab.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await tab.Page.Locator("iframe").CountAsync());
        Assert.Equal("{}", await tab.KeptAsync());
    }

    [Fact]
    public async Task A_person_whom_the_provider_does_not_know_sees_the_button()
    {
        await using var portal = await PortalPage.OpenAsync(chromium, _topology);

        await portal.SignedOutBecause("welcome").WaitForAsync();

        Assert.Contains($"{_topology.Portal}/auth/silent", await portal.EverythingReceivedAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await portal.Page.Locator("iframe").CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silent_sign_in_that_fails_or_never_ends_leaves_the_button(bool fails)
    {
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Ada);
        await portal.LoseSessionCookieAsync();
        await portal.Page.RouteAsync($"{_topology.Portal}/auth/silent", route => fails ? route.AbortAsync() : Task.CompletedTask);

        await portal.Page.ReloadAsync();

        await portal.SignedOutBecause("welcome").WaitForAsync();
        Assert.Equal(0, await portal.Page.Locator("iframe").CountAsync());
    }

    [Fact]
    public async Task Who_has_signed_out_is_not_signed_in_again_though_the_providers_page_was_never_reached()
    {
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Ada);
        await portal.Page.RouteAsync($"{_topology.Issuer}/**", route => route.AbortAsync("connectionrefused"));
        await portal.Page.RunAndWaitForRequestAsync(
            portal.SignOutAsync, request => request.Url.StartsWith(_topology.Issuer, StringComparison.Ordinal));

        await using var tab = await portal.OpenTabAsync();
        await tab.SignedOutBecause("welcome").WaitForAsync();

        Assert.DoesNotContain($"{_topology.Portal}/auth/silent", await tab.EverythingReceivedAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"signed-out":"left"}""", await tab.KeptAsync());
    }

    [Fact]
    public async Task Who_has_signed_out_is_asked_for_the_password_next_time()
    {
        await using var portal = await PortalPage.OpenSignedInAsync(chromium, _topology, User.Ada);

        await portal.SignOutAsync();

        await portal.SignedOut.Locator("a").ClickAsync();
        await portal.FillInAsync(User.Ada);
        Assert.Equal("{}", await portal.KeptAsync());
    }
}
