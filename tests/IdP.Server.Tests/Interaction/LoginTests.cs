using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Interaction;

public sealed class LoginTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task T25_A_wrong_password_and_an_unknown_user_get_the_same_answer()
    {
        var wrongPassword = await AttemptAsync("ada", "wrong");
        var unknownUser = await AttemptAsync("edsger", "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, wrongPassword.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, unknownUser.Status);
        Assert.Contains("The user name or the password is wrong.", wrongPassword.Page, StringComparison.Ordinal);
        Assert.Equal(wrongPassword.Page.Replace("ada", "edsger", StringComparison.Ordinal), unknownUser.Page);
    }

    [Fact]
    public async Task A_wrong_password_can_be_corrected()
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await portal.PushAsync());
        using var wrong = await portal.SubmitAsync(form, password: "wrong");

        using var right = await portal.SubmitAsync(Portal.HiddenInputs(await wrong.Content.ReadAsStringAsync()));

        Assert.Contains("code", Portal.Answer(right).Keys);
    }

    [Fact]
    public async Task Too_many_attempts_on_an_account_are_refused_even_with_the_right_password()
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await portal.PushAsync());
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await portal.SubmitAsync(form, "Grace", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var response = await portal.SubmitAsync(form, "grace", "first-compiler");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("Too many attempts", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T7_Cancel_answers_access_denied()
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await portal.PushAsync());

        using var response = await portal.Browser.PostAsync("/login/cancel", new FormUrlEncodedContent(form));

        var answer = Portal.Answer(response);
        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal("the state", answer["state"]);
        Assert.Equal(IdpServer.Issuer, answer["iss"]);
    }

    [Fact]
    public async Task T16_A_form_of_another_browser_is_refused()
    {
        using var attacker = new Portal(server);
        using var victim = new Portal(server);
        var form = await attacker.OpenLoginAsync(await attacker.PushAsync());

        using var response = await victim.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key == "Location");
        Assert.DoesNotContain(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-idp=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task T11_Every_login_has_a_new_cookie_and_the_old_one_is_dead()
    {
        using var portal = new Portal(server);
        using var first = await portal.SubmitAsync(await portal.OpenLoginAsync(await portal.PushAsync()));
        using var second = await portal.SubmitAsync(await portal.OpenLoginAsync(await portal.PushAsync(("prompt", "login"))));
        var (old, current) = (SsoCookie(first), SsoCookie(second));

        Assert.NotEqual(old.Split(';')[0], current.Split(';')[0]);
        using var thief = server.NewClient();
        thief.DefaultRequestHeaders.Add("Cookie", old.Split(';')[0]);
        using var response = await thief.GetAsync(Portal.PlainAddress(("prompt", "none")));
        Assert.Equal("login_required", Portal.Answer(response, Portal.PlainRedirectUri)["error"]);
    }

    [Fact]
    public async Task T14_The_session_cookie_is_for_this_host_HTTPS_and_no_script()
    {
        using var portal = new Portal(server);
        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(await portal.PushAsync()));

        Assert.Equal(["path=/", "secure", "samesite=lax", "httponly"], SsoCookie(response).Split("; ")[1..]);
    }

    [Fact]
    public async Task T28_Redis_does_not_know_the_cookie()
    {
        using var portal = new Portal(server);
        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(await portal.PushAsync()));
        var handle = SsoCookie(response).Split(';')[0].Split('=', 2)[1];

        Assert.True(await server.Redis.Connection.GetDatabase().KeyExistsAsync("idp:sso:" + IdP.Grants.Handle.Hash(handle)));
        Assert.False(await server.Redis.Connection.GetDatabase().KeyExistsAsync("idp:sso:" + handle));
    }

    [Fact]
    public async Task A_request_that_has_expired_gets_a_page()
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await portal.PushAsync());
        server.Clock.Advance(TimeSpan.FromMinutes(15));

        using var response = await portal.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<code>invalid_request</code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T15_The_page_runs_no_script_and_sends_its_form_only_here_and_to_the_client()
    {
        using var portal = new Portal(server);
        using var redirect = await portal.Browser.GetAsync(Portal.PlainAddress());
        using var page = await portal.Browser.GetAsync(redirect.Headers.Location);

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://plain.test", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("A &lt;plain&gt; client", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("blazor", page.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task T5_The_page_and_its_address_hold_nothing_of_the_request()
    {
        using var portal = new Portal(server);
        using var redirect = await portal.Browser.GetAsync(await portal.PushAsync());
        using var page = await portal.Browser.GetAsync(redirect.Headers.Location);

        Assert.Matches("^/login\\?request=[A-Za-z0-9_-]{43}$", redirect.Headers.Location!.OriginalString);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("the state", html, StringComparison.Ordinal);
        Assert.DoesNotContain("the nonce", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Portal.Challenge, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("CfDJ8BO2Obeumq9Grnaw6Pooc")]
    public async Task T16_A_form_whose_cookie_is_no_cookie_of_ours_is_outdated(string cookie)
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await portal.PushAsync());
        using var another = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent(Portal.Change(form, ("username", "ada"), ("password", "analytical-engine"))),
            Headers = { { "Cookie", "__Host-idp-form=" + cookie } },
        };
        using var response = await portal.Backchannel.SendAsync(another, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("The form was outdated", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_style_sheet_is_served()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync("/idp.css");

        Assert.Equal("text/css", response.Content.Headers.ContentType!.MediaType);
    }

    private async Task<(HttpStatusCode Status, string Page)> AttemptAsync(string userName, string password)
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await portal.PushAsync());
        using var response = await portal.SubmitAsync(form, userName, password);
        var page = await response.Content.ReadAsStringAsync();
        foreach (var value in Portal.HiddenInputs(page).Values)
        {
            page = page.Replace(value, "", StringComparison.Ordinal);
        }

        return (response.StatusCode, page);
    }

    private static string SsoCookie(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-idp=", StringComparison.Ordinal));
}
