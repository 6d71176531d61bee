using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

/// <summary>S0-13: one BFF for several hosts.</summary>
public sealed class DynamicCallbackTests(SeveralHosts portal) : IClassFixture<SeveralHosts>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task S0_13_sign_ins_on_two_hosts_at_once_come_back_each_to_its_own()
    {
        using var first = _portal.Browser();
        using var second = _portal.Browser(origin: SeveralHosts.Other);

        var callbacks = (await first.BeginSignInAsync(), await second.BeginSignInAsync());

        Assert.StartsWith($"{Portal.Origin}/auth/callback?", callbacks.Item1);
        Assert.StartsWith($"{SeveralHosts.Other}/auth/callback?", callbacks.Item2);
        await RefusedSignIn.AssertWorksAsync(second, callbacks.Item2);
        await RefusedSignIn.AssertWorksAsync(first, callbacks.Item1);
        Assert.Equal(HttpStatusCode.OK, await first.SessionStatusAsync());
        Assert.Equal(HttpStatusCode.OK, await second.SessionStatusAsync());
    }

    [Theory]
    [InlineData("https://unlisted.test")]
    [InlineData("https://automate.portal.test.evil.example")]
    [InlineData("https://automate.portal.test:444")]
    public async Task Refuses_a_host_that_is_not_listed(string origin)
    {
        using var browser = _portal.Browser(origin: origin);

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.Equal(HttpStatusCode.BadRequest, login.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "automate.portal.test")]
    [InlineData("Forwarded", "host=automate.portal.test")]
    [InlineData("X-Original-Host", "automate.portal.test")]
    public async Task Does_not_believe_a_forwarded_host(string header, string value)
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login", crossSite: false, (header, value));

        Assert.Equal($"{Portal.Origin}/auth/callback", _portal.Provider.Forms.Single().Form["redirect_uri"]);
    }

    [Fact]
    public async Task Origin_checks_and_sign_out_follow_the_host()
    {
        using var browser = _portal.Browser(origin: SeveralHosts.Other);
        await browser.SignInAsync();

        using var foreign = await browser.CallAsync("/auth/session", headers: ("Origin", Portal.Origin));
        using var own = await browser.CallAsync("/auth/session", headers: ("Origin", SeveralHosts.Other));
        using var logout = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        var url = new Uri((await Browser.JsonAsync(logout)).GetProperty("logoutUrl").GetString()!);
        Assert.Equal($"{SeveralHosts.Other}/", QueryHelpers.ParseQuery(url.Query)["post_logout_redirect_uri"]);
    }

    [Fact]
    public async Task The_host_may_be_listed_by_itself()
    {
        await using var replica = await _portal.StartAsync(("Bff:Origins:0", "https://only.test/"));
        using var browser = _portal.Browser(replica, "https://only.test");
        using var no_more = _portal.Browser(replica, SeveralHosts.Other);

        Assert.StartsWith("https://only.test/auth/callback?", await browser.BeginSignInAsync());
        using var login = await no_more.NavigateAsync("/auth/login");
        Assert.Equal(HttpStatusCode.BadRequest, login.StatusCode);
    }

    [Fact]
    public async Task Without_it_every_sign_in_comes_back_to_the_one_address()
    {
        await using var replica = await _portal.StartAsync(("BFF_DYNAMIC_CALLBACK", "false"));
        using var browser = _portal.Browser(replica, SeveralHosts.Other);

        Assert.StartsWith($"{Portal.Origin}/auth/callback?", await browser.BeginSignInAsync());
    }
}

/// <summary>A portal under two names, by the variables of an existing deployment.</summary>
public sealed class SeveralHosts : Portal
{
    public const string Other = "https://automate.portal.test";

    internal override Dictionary<string, string> Settings() => new(base.Settings())
    {
        ["BFF_DYNAMIC_CALLBACK"] = "true",
        ["DCR_REDIRECT_URIS"] = $"{Origin}/auth/callback,{Other}/auth/callback",
    };
}
