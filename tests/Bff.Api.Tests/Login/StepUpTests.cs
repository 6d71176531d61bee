using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public sealed class StepUpTests(StepUpPortal portal) : IClassFixture<StepUpPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Passes_on_what_is_asked_and_ends_with_a_new_stronger_session()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var former = browser.Cookies["__Host-bff"];
        _portal.Provider.Forms.Clear();
        _portal.Provider.IdToken = claims => claims["acr"] = "mfa";

        using var callback = await browser.FinishSignInAsync(await browser.BeginAsync(
            "/auth/login?acr_values=mfa&max_age=0&prompt=login&login_hint=ada%40example.com&ui_locales=de-CH+en"));

        Assert.Equal(HttpStatusCode.SeeOther, callback.StatusCode);
        var pushed = _portal.Provider.Forms.First().Form;
        Assert.Equal(
            ["mfa", "0", "login", "ada@example.com", "de-CH en"],
            ((string[])["acr_values", "max_age", "prompt", "login_hint", "ui_locales"]).Select(name => pushed[name]));
        using var response = await browser.CallAsync("/auth/session");
        var session = await Browser.JsonAsync(response);
        Assert.Equal("mfa", session.GetProperty("acr").GetString());
        Assert.Equal(
            _portal.Clock.GetUtcNow().ToUnixTimeSeconds(), session.GetProperty("authenticatedAt").GetDateTimeOffset().ToUnixTimeSeconds());
        browser.Cookies["__Host-bff"] = former;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task O7_accepts_any_class_of_those_that_were_asked()
    {
        _portal.Provider.IdToken = claims => claims["acr"] = "passkey";
        using var browser = _portal.Browser();

        await RefusedSignIn.AssertWorksAsync(browser, await browser.BeginAsync("/auth/login?acr_values=mfa+passkey"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("password")]
    [InlineData("MFA")]
    [InlineData("mfa passkey")]
    public async Task O7_refuses_a_class_that_was_not_asked_and_leaves_the_session(string? reached)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var handle = browser.Handle;
        _portal.Provider.IdToken = claims => claims["acr"] = reached;

        using var answer = await browser.FinishSignInAsync(await browser.BeginAsync("/auth/login?acr_values=mfa+passkey"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(handle, browser.Handle);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Says_so_when_the_person_cannot_reach_the_class()
    {
        _portal.Provider.Response = response =>
        {
            response.Remove("code");
            response["error"] = "unmet_authentication_requirements";
        };

        Assert.Contains("A stronger sign-in is needed", await _portal.AssertRefusedAsync("too_weak", HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData(60, 0, true)]
    [InlineData(60, 60, true)]
    [InlineData(60, 120, false)]
    [InlineData(0, 60, false)]
    public async Task O7_holds_the_time_of_authentication_against_max_age(int maxAge, int ago, bool isAccepted)
    {
        var authenticated = (_portal.Clock.GetUtcNow() - TimeSpan.FromSeconds(ago)).ToUnixTimeSeconds();
        _portal.Provider.IdToken = claims => claims["auth_time"] = authenticated;
        using var browser = _portal.Browser();
        var callback = await browser.BeginAsync($"/auth/login?max_age={maxAge}");

        if (isAccepted)
        {
            await RefusedSignIn.AssertWorksAsync(browser, callback);
        }
        else
        {
            await _portal.AssertRefusedAsync(browser, callback, "old_authentication", HttpStatusCode.BadGateway);
        }
    }

    [Fact]
    public async Task O7_refuses_an_ID_token_without_auth_time_when_max_age_was_asked()
    {
        _portal.Provider.IdToken = claims => claims.Remove("auth_time");
        using var browser = _portal.Browser();

        await _portal.AssertRefusedAsync(
            browser, await browser.BeginAsync("/auth/login?max_age=3600"), "missing_auth_time", HttpStatusCode.BadGateway);
        await RefusedSignIn.AssertWorksAsync(browser, await browser.BeginSignInAsync());
    }

    [Theory]
    [InlineData("acr_values=gold")]
    [InlineData("acr_values=mfa+gold")]
    [InlineData("acr_values=mfa++passkey")]
    [InlineData("acr_values=mfa&acr_values=mfa")]
    [InlineData("max_age=-1")]
    [InlineData("max_age=1.5")]
    [InlineData("max_age=99999999999")]
    [InlineData("max_age=soon")]
    [InlineData("prompt=none")]
    [InlineData("prompt=login+none")]
    [InlineData("prompt=create")]
    [InlineData("login_hint=a%0d%0ab")]
    [InlineData("login_hint=%00")]
    [InlineData("ui_locales=de;q=1")]
    [InlineData("ui_locales=<script>")]
    [InlineData("ui_locales=a+b+c+d+e+f+g+h+i+j+k")]
    public async Task Refuses_what_is_not_on_the_list_or_not_sane(string query)
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync($"/auth/login?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task Refuses_a_hint_that_is_too_long()
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync($"/auth/login?login_hint={new string('a', 257)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}

/// <summary>A portal whose page may ask for two classes.</summary>
public sealed class StepUpPortal : Portal
{
    internal override Dictionary<string, string> Settings() => new(base.Settings())
    {
        ["Oidc:StepUpAcrValues:0"] = "mfa",
        ["Oidc:StepUpAcrValues:1"] = "passkey",
    };
}
