using System.Net;
using System.Text.RegularExpressions;
using Platform.IdP.Tests.Consents;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Account;

public sealed class AccountTests(ConsentServer server) : IClassFixture<ConsentServer>, IAsyncLifetime
{
    private readonly Portal _portal = new(server);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await AccountSteps.ForgetAsync(server);
        await ConsentSteps.ForgetAsync(server);
        await server.Redis.Connection.GetDatabase().ScriptEvaluateAsync(
            "for _, key in ipairs(redis.call('KEYS', 'idp:sso*')) do redis.call('DEL', key) end");
    }

    public ValueTask DisposeAsync()
    {
        _portal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Shows_the_sessions_and_marks_the_one_that_asks()
    {
        using var phone = new Portal(server);
        phone.Browser.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Android 15; Mobile) Firefox/140.0");
        await phone.SignInAsync();

        var page = await _portal.OpenAsync("/account");

        Assert.Contains("Firefox on Android", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "this browser"));
        Assert.Equal(2, Regex.Count(page, "name=\"session\""));
    }

    [Fact]
    public async Task Threat15_Is_shown_in_no_frame_and_runs_no_script()
    {
        await _portal.OpenAsync("/account");
        foreach (var path in new[] { "/account", "/account/password", "/account/app" })
        {
            using var response = await _portal.Browser.GetAsync(path, Cancelled);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Ending_another_session_signs_that_browser_out_and_tells_the_clients()
    {
        using var phone = new Portal(server);
        var sid = Portal.Claims((await phone.SignInAsync()).GetProperty("id_token").GetString()!).GetProperty("sid").GetString()!;
        var page = await _portal.OpenAsync("/account");

        using var response = await _portal.PostAsync("/account/sessions/end", page, ("session", sid));
        using var silent = await phone.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")), Cancelled);
        var entry = await server.Topic.Entries.ReadAsync(Cancelled);

        Assert.Equal("/account?done=session", response.Headers.Location!.OriginalString);
        Assert.Equal("login_required", Portal.Answer(silent, Portal.PlainRedirectUri)["error"]);
        var events = Portal.Claims(entry.Token).GetProperty("events").EnumerateObject().Single();
        Assert.Equal("https://schemas.openid.net/secevent/caep/event-type/session-revoked", events.Name);
        Assert.Equal("user", events.Value.GetProperty("initiating_entity").GetString());
    }

    [Fact]
    public async Task Ending_this_session_signs_out_here()
    {
        var page = await _portal.OpenAsync("/account");

        using var response = await _portal.PostAsync("/account/sessions/end", page, ("session", Portal.HiddenInputs(page)["session"]));
        using var account = await _portal.Browser.GetAsync("/account", Cancelled);
        await server.Topic.Entries.ReadAsync(Cancelled);

        Assert.Contains("You are signed out", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.StartsWith("/login?", account.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_everywhere_else_leaves_this_session()
    {
        using var phone = new Portal(server);
        await phone.SignInAsync();
        var page = await _portal.OpenAsync("/account");

        using var response = await _portal.PostAsync("/account/sessions/end-others", page);
        using var silent = await phone.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")), Cancelled);
        await server.Topic.Entries.ReadAsync(Cancelled);

        Assert.Equal("login_required", Portal.Answer(silent, Portal.PlainRedirectUri)["error"]);
        Assert.Contains("signed out everywhere else",
            await _portal.Browser.GetStringAsync(response.Headers.Location, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_another_person_cannot_be_ended()
    {
        using var grace = new Portal(server);
        using var signedIn = await grace.SubmitAsync(await grace.OpenLoginAsync(await grace.PushAsync()), "grace", "first-compiler");
        using var tokens = await grace.RedeemAsync(Portal.Answer(signedIn)["code"]);
        var sid = Portal.Claims((await Portal.Json(tokens)).GetProperty("id_token").GetString()!).GetProperty("sid").GetString()!;
        var page = await _portal.OpenAsync("/account");

        using var response = await _portal.PostAsync("/account/sessions/end", page, ("session", sid));
        using var silent = await grace.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("code", Portal.Answer(silent, Portal.PlainRedirectUri).Keys);
    }

    [Fact]
    public async Task Withdrawing_an_access_ends_its_tokens_and_asks_again()
    {
        using var allowed = await _portal.DecideAsync(
            await ConsentSteps.OpenFormAsync(server, _portal, WaitingRequest.Of("shop", "openid")), "allow");
        using var redeemed = await _portal.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = WaitingRequest.Answer(allowed, "shop")["code"],
            ["redirect_uri"] = "https://shop.test/callback",
            ["code_verifier"] = Portal.Verifier,
        }, "shop", "the-shop-has-a-secret-of-its-own");
        var token = (await Portal.Json(redeemed)).GetProperty("access_token").GetString()!;
        var page = await _portal.Browser.GetStringAsync("/account", Cancelled);
        Assert.Contains("A &lt;b&gt;shop&lt;/b&gt;", page, StringComparison.Ordinal);

        using var response = await _portal.PostAsync("/account/consents/withdraw", page, ("client", "shop"));
        using var userinfo = await _portal.GetWithTokenAsync("/userinfo", token);
        using var asked = await _portal.Browser.GetAsync(await server.StoreAsync(WaitingRequest.Of("shop", "openid")), Cancelled);

        Assert.Equal("/account?done=consent", response.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, userinfo.StatusCode);
        Assert.StartsWith("/consent?", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/sessions/end")]
    [InlineData("/account/sessions/end-others")]
    [InlineData("/account/consents/withdraw")]
    [InlineData("/account/password")]
    [InlineData("/account/app")]
    [InlineData("/account/app/remove")]
    [InlineData("/account/recovery-codes")]
    public async Task Threat16_A_form_of_another_site_changes_nothing(string path)
    {
        await _portal.OpenAsync("/account");

        using var response = await _portal.Browser.PostAsync(path, new FormUrlEncodedContent([]), Cancelled);
        using var forged = await _portal.Browser.PostAsync(
            path, new FormUrlEncodedContent(new Dictionary<string, string> { ["form_token"] = "forged", ["client"] = "shop" }), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Threat10_The_address_puts_no_words_on_the_page()
    {
        await _portal.OpenAsync("/account");

        var page = await _portal.Browser.GetStringAsync("/account?done=Call+us+at+0800", Cancelled);

        Assert.DoesNotContain("0800", page, StringComparison.Ordinal);
    }
}
