using System.Net;
using System.Security.Cryptography;
using System.Text;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public sealed class SilentSignInTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Asks_with_prompt_none_and_comes_back_signed_in()
    {
        using var browser = _portal.Browser();

        using var callback = await browser.FinishSignInAsync(await browser.BeginAsync("/auth/silent?returnUrl=/contacts"));

        Assert.Equal("none", _portal.Provider.Forms.First().Form["prompt"]);
        Assert.Equal("/contacts", callback.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Theory]
    [InlineData("login_required")]
    [InlineData("interaction_required")]
    [InlineData("consent_required")]
    [InlineData("account_selection_required")]
    public async Task Comes_back_with_nothing_changed_when_the_provider_would_have_to_ask(string error)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var handle = browser.Handle;
        AnswerWith(error);

        using var callback = await browser.FinishSignInAsync(await browser.BeginAsync("/auth/silent?returnUrl=/contacts"));

        Assert.Equal(HttpStatusCode.SeeOther, callback.StatusCode);
        Assert.Equal("/contacts", callback.Headers.Location!.OriginalString);
        Assert.Equal(handle, browser.Handle);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Single(browser.Cookies);
    }

    [Fact]
    public async Task The_same_error_of_a_sign_in_in_sight_is_explained()
    {
        AnswerWith("login_required");
        var page = await _portal.AssertRefusedAsync("login_required", HttpStatusCode.Forbidden);
        Assert.Contains("Please sign in again", page);
    }

    [Fact]
    public async Task Another_subject_replaces_the_session_and_never_mixes_with_it()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var former = browser.Cookies["__Host-bff"];
        var subject = _portal.Provider.Subject = Guid.NewGuid().ToString();

        using var callback = await browser.FinishSignInAsync(await browser.BeginAsync("/auth/silent?returnUrl=/"));

        Assert.NotEqual(former.Value, browser.Handle);
        using var session = await browser.CallAsync("/auth/session");
        Assert.Equal(subject, (await Browser.JsonAsync(session)).GetProperty("subject").GetString());
        browser.Cookies["__Host-bff"] = former;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Theory]
    [InlineData(null, "signed_in")]
    [InlineData("login_required", "login_required")]
    [InlineData("access_denied", "failed")]
    public async Task A_frame_tells_the_outcome_to_a_page_of_our_own_origin_and_to_no_other(string? error, string outcome)
    {
        using var browser = _portal.Browser();
        if (error is not null)
        {
            AnswerWith(error);
        }

        using var frame = await browser.FinishSignInAsync(await browser.BeginAsync("/auth/silent"));

        Assert.Equal(HttpStatusCode.OK, frame.StatusCode);
        Assert.Equal("SAMEORIGIN", Assert.Single(frame.Headers.GetValues("X-Frame-Options")));
        var html = await frame.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"data-outcome=\"{outcome}\"", html);
        var script = html.Split("<script>")[1].Split("</script>")[0];
        Assert.EndsWith(",location.origin)", script);
        var policy = Assert.Single(frame.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'self'", policy);
        Assert.Contains($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}';", policy);
        Assert.Equal(error is null, browser.Handle is not null);
    }

    [Fact]
    public async Task A_frame_is_told_when_the_provider_is_away()
    {
        await using var replica = await _portal.StartAsync(("Oidc:Issuer", "http://127.0.0.1:9"));
        using var browser = _portal.Browser(replica);

        using var frame = await browser.NavigateAsync("/auth/silent");

        Assert.Contains("data-outcome=\"failed\"", await frame.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failure_of_a_navigation_is_explained()
    {
        AnswerWith("server_error");
        using var browser = _portal.Browser();

        await _portal.AssertRefusedAsync(
            browser, await browser.BeginAsync("/auth/silent?returnUrl=/"), "provider_error", HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Refuses_a_prompt()
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync("/auth/silent?returnUrl=/&prompt=login");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
    }

    [Fact]
    public async Task Refuses_another_site_and_may_not_be_framed_then()
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync("/auth/silent", crossSite: true);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
    }

    private void AnswerWith(string error) => _portal.Provider.Response = response =>
    {
        response.Remove("code");
        response["error"] = error;
    };
}
