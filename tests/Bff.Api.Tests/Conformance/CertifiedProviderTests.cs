using System.Net;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.Conformance;

/// <summary>The BFF driven against a provider that the OpenID Foundation has certified.</summary>
public sealed class CertifiedProviderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Profiles => [.. ProviderProfile.All.Keys];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_person_signs_in_calls_an_api_and_signs_out_everywhere(string profile)
    {
        Assert.SkipWhen(CertifiedProvider.Missing is not null, CertifiedProvider.Missing ?? "");
        await using var portal = await CertifiedPortal.StartAsync(ProviderProfile.All[profile], Cancelled);
        using var browser = portal.Browser();
        using var visit = portal.Visit();

        await SignInAsync(portal, browser, visit);
        Assert.True(visit.HadToSignIn);
        Assert.Equal("ada", await SubjectAsync(browser));
        Assert.Equal(ProviderProfile.All[profile].Scheme, (await ContactsAsync(browser)).Scheme);

        await SignOutAsync(browser, visit);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
        await SignInAsync(portal, browser, visit);
        Assert.True(visit.HadToSignIn);
    }

    [Theory]
    [InlineData("no pushed requests", "Oidc:PushedAuthorization")]
    [InlineData("no signed responses", "Oidc:SignedResponse")]
    [InlineData("no DPoP", "Oidc:DPoP")]
    public async Task What_the_provider_lacks_is_not_done_without_unless_a_setting_says_so(string profile, string setting)
    {
        Assert.SkipWhen(CertifiedProvider.Missing is not null, CertifiedProvider.Missing ?? "");
        await using var portal = await CertifiedPortal.StartAsync(ProviderProfile.All[profile], Cancelled, expected: new());
        using var browser = portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.True((int)login.StatusCode >= 500, $"{login.StatusCode}");
        Assert.Contains($"set {setting} to false", portal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_at_the_provider_is_not_asked_again()
    {
        Assert.SkipWhen(CertifiedProvider.Missing is not null, CertifiedProvider.Missing ?? "");
        await using var portal = await CertifiedPortal.StartAsync(new ProviderProfile(), Cancelled);
        using var visit = portal.Visit();
        using (var first = portal.Browser())
        {
            await SignInAsync(portal, first, visit);
        }

        using var second = portal.Browser();
        await SignInAsync(portal, second, visit);

        Assert.False(visit.HadToSignIn);
        Assert.Equal(HttpStatusCode.OK, await second.SessionStatusAsync());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Rotated_refresh_tokens_are_used_once_each_however_many_calls_need_one(string profile)
    {
        Assert.SkipWhen(CertifiedProvider.Missing is not null, CertifiedProvider.Missing ?? "");
        await using var portal = await CertifiedPortal.StartAsync(ProviderProfile.All[profile] with { RefreshesAlways = true }, Cancelled);
        using var browser = portal.Browser();
        using var visit = portal.Visit();
        await SignInAsync(portal, browser, visit);

        var one = await ContactsAsync(browser);
        var other = await ContactsAsync(browser);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ContactsAsync(browser)));

        // A second use of a refresh token would have ended the grant, and with it the session.
        Assert.NotEqual(one.Token, other.Token);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        await ContactsAsync(browser);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Signing_out_at_the_provider_ends_the_session_by_the_back_channel_and_no_other(string profile)
    {
        Assert.SkipWhen(CertifiedProvider.Missing is not null, CertifiedProvider.Missing ?? "");
        await using var portal = await CertifiedPortal.StartAsync(ProviderProfile.All[profile], Cancelled);
        using var browser = portal.Browser();
        using var visit = portal.Visit();
        using var other = portal.Browser();
        using var otherVisit = portal.Visit();
        await SignInAsync(portal, browser, visit);
        await SignInAsync(portal, other, otherVisit);

        Assert.Equal($"{Portal.Origin}/", await visit.FollowAsync(portal.ProviderLogout, Cancelled));

        await Eventually.BecomesTrueAsync(
            async () => await browser.SessionStatusAsync() is HttpStatusCode.Unauthorized, Cancelled);
        Assert.Equal(HttpStatusCode.OK, await other.SessionStatusAsync());
    }

    private static async Task SignInAsync(CertifiedPortal portal, Browser browser, ProviderVisit visit)
    {
        using var login = await browser.NavigateAsync("/auth/login");
        Assert.True(login.StatusCode is HttpStatusCode.SeeOther, portal.Log);
        var callback = await visit.FollowAsync(login.Headers.Location!.AbsoluteUri, Cancelled);
        using var end = await browser.FinishSignInAsync(callback);
        Assert.True(end.StatusCode is HttpStatusCode.SeeOther, portal.Log);
    }

    private static async Task SignOutAsync(Browser browser, ProviderVisit visit)
    {
        using var logout = await browser.CallAsync("/auth/logout", HttpMethod.Post);
        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
        var url = (await Browser.JsonAsync(logout)).GetProperty("logoutUrl").GetString()!;
        Assert.Equal($"{Portal.Origin}/", await visit.FollowAsync(url, Cancelled));
    }

    private static async Task<string?> SubjectAsync(Browser browser)
    {
        using var session = await browser.CallAsync("/auth/session");
        return (await Browser.JsonAsync(session)).GetProperty("subject").GetString();
    }

    private static async Task<(string Scheme, string Token)> ContactsAsync(Browser browser)
    {
        using var contacts = await browser.CallAsync("/api/contacts");
        Assert.Equal(HttpStatusCode.OK, contacts.StatusCode);
        var answer = await Browser.JsonAsync(contacts);
        Assert.Equal("ada", answer.GetProperty("owner").GetString());
        return (answer.GetProperty("scheme").GetString()!, answer.GetProperty("token").GetString()!);
    }
}
