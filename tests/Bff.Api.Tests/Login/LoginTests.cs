using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public sealed class LoginTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task F19_sends_the_browser_away_with_client_and_reference_alone()
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        Assert.StartsWith(_portal.Provider.Issuer + "/authorize?", login.Headers.Location!.AbsoluteUri);
        var query = QueryHelpers.ParseQuery(login.Headers.Location.Query);
        Assert.Equal(["client_id", "request_uri"], query.Keys.Order());
        Assert.True(login.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task F13_F15_F16_F20_P1_P5_R7_pushes_a_request_with_S256_challenge_state_and_nonce()
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login");

        var (path, form, _) = Assert.Single(_portal.Provider.Forms);
        Assert.Equal("/par", path);
        Assert.Equal("code", form["response_type"]);
        Assert.Equal("S256", form["code_challenge_method"]);
        Assert.Equal(43, form["code_challenge"].Length);
        Assert.Equal(43, form["state"].Length);
        Assert.InRange(form["nonce"].Length, 43, 64);
        Assert.Equal("openid profile email offline_access contacts.read", form["scope"]);
        Assert.Equal($"{Portal.Origin}/auth/callback", form["redirect_uri"]);
        Assert.DoesNotContain("client_secret", form.Keys);
        Assert.DoesNotContain("code_verifier", form.Keys);
    }

    [Fact]
    public async Task F17_P3_P7_R6_uses_fresh_secrets_and_a_fresh_reference_for_every_sign_in()
    {
        using var browser = _portal.Browser();

        using var first = await browser.NavigateAsync("/auth/login");
        using var second = await browser.NavigateAsync("/auth/login");

        var forms = _portal.Provider.Forms.Select(pushed => pushed.Form).ToList();
        Assert.All((string[])["state", "nonce", "code_challenge"], name => Assert.NotEqual(forms[0][name], forms[1][name]));
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task B2_F14_R8_R13_gets_its_tokens_for_a_code_and_for_nothing_else()
    {
        using var browser = _portal.Browser();

        await browser.SignInAsync();

        var forms = _portal.Provider.Forms.Select(sent => sent.Form).ToList();
        Assert.Equal(2, forms.Count);
        Assert.Equal("code", forms[0]["response_type"]);
        Assert.Equal("authorization_code", forms[1]["grant_type"]);
        Assert.All(forms, form => Assert.DoesNotContain(form.Keys, field => field is "username" or "password"));
    }

    [Fact]
    public async Task Binds_the_sign_in_to_the_browser_by_a_Lax_host_cookie()
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login");

        var cookie = Assert.Single(browser.Cookies.Values);
        Assert.StartsWith("__Host-bff-login-", cookie.Name.ToString());
        Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: Microsoft.Net.Http.Headers.SameSiteMode.Lax });
        Assert.Equal("/", cookie.Path.ToString());
        Assert.False(cookie.Domain.HasValue);
        Assert.Equal(TimeSpan.FromMinutes(10), cookie.MaxAge);
    }

    [Fact]
    public async Task S0_6_keeps_the_verifier_in_Redis_for_ten_minutes()
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login");

        var state = _portal.Provider.Forms.Single().Form["state"];
        var lifetime = await _portal.Redis.Connection.GetDatabase().KeyTimeToLiveAsync($"pkce:{state}");
        Assert.InRange(lifetime!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task F4_R1_refuses_to_return_to_another_site()
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login?returnUrl=//evil.example");

        Assert.Equal(HttpStatusCode.BadRequest, login.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
    }

    [Fact]
    public async Task F4_R1_returns_to_an_address_of_the_list_and_to_none_beside_it()
    {
        await using var replica = await _portal.StartAsync(("Bff:ReturnUrls:0", "https://app.example/start"));
        using var browser = _portal.Browser(replica);

        using var callback = await browser.FinishSignInAsync(await browser.BeginSignInAsync("https://app.example/start/here"));
        using var refused = await browser.NavigateAsync("/auth/login?returnUrl=https://app.example.evil.com/start");

        Assert.Equal("https://app.example/start/here", callback.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task F12_refuses_a_sign_in_that_another_site_starts()
    {
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login", crossSite: true);

        Assert.Equal(HttpStatusCode.Forbidden, login.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
    }

    [Fact]
    public async Task Keeps_the_cookies_of_abandoned_sign_ins_within_the_limit_on_headers()
    {
        using var browser = _portal.Browser();

        for (var tab = 0; tab < 40; tab++)
        {
            using var login = await browser.NavigateAsync("/auth/login");
            Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
            _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(15, browser.Cookies.Count);
        using var callback = await browser.FinishSignInAsync(await browser.BeginSignInAsync());
        Assert.Equal(HttpStatusCode.SeeOther, callback.StatusCode);
    }

    [Fact]
    public async Task Says_so_when_the_provider_is_away()
    {
        await using var replica = await BffReplica.StartAsync(
            new Dictionary<string, string>(_portal.Settings()) { ["Oidc:Issuer"] = "http://127.0.0.1:9" }, TimeProvider.System, new CapturedLogs());
        using var browser = _portal.Browser(replica);

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
        Assert.NotNull(login.Headers.RetryAfter);
        var page = await login.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("The sign-in service is not available", page);
        Assert.Matches("Correlation id: [0-9a-f]{32}", page);
    }

    [Fact]
    public async Task Says_so_when_the_provider_refuses_the_pushed_request()
    {
        await using var replica = await BffReplica.StartAsync(
            new Dictionary<string, string>(_portal.Settings()) { ["Oidc:ClientSecret"] = "not the secret" }, _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.Equal(HttpStatusCode.BadGateway, login.StatusCode);
        Assert.Contains(_portal.Logs.Lines, line => line.Contains("push_refused", StringComparison.Ordinal) && line.Contains("401 invalid_client", StringComparison.Ordinal));
    }
}
