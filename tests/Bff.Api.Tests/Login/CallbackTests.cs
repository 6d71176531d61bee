using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public sealed class CallbackTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task R2_R11_refuses_a_tampered_state()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();

        await _portal.AssertRefusedAsync(browser, callback.Replace("state=", "state=x", StringComparison.Ordinal), "foreign_browser");
        await RefusedSignIn.AssertWorksAsync(browser, callback);
    }

    [Fact]
    public async Task F17_R4_R6_refuses_a_state_of_another_browser_and_does_not_spend_it()
    {
        using var browser = _portal.Browser();
        using var attacker = _portal.Browser();
        var callback = await attacker.BeginSignInAsync();
        await browser.BeginSignInAsync();

        await _portal.AssertRefusedAsync(browser, callback, "foreign_browser");
        await RefusedSignIn.AssertWorksAsync(attacker, callback);
    }

    [Fact]
    public async Task T12_refuses_a_callback_without_the_pre_session_cookie()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        browser.Cookies.Clear();

        await _portal.AssertRefusedAsync(browser, callback, "foreign_browser");
    }

    [Fact]
    public async Task Refuses_a_pre_session_cookie_of_another_state_under_the_name_of_this_one()
    {
        using var browser = _portal.Browser();
        await browser.BeginSignInAsync();
        var foreign = browser.Cookies.Single();
        browser.Cookies.Clear();
        var callback = await browser.BeginSignInAsync();
        browser.Cookies.Single().Value.Value = foreign.Value.Value;

        await _portal.AssertRefusedAsync(browser, callback, "foreign_browser");
    }

    [Theory]
    [InlineData(null, "missing_state")]
    [InlineData("", "missing_state")]
    public async Task Refuses_a_callback_without_state(string? state, string outcome)
    {
        _portal.Provider.Response = response => response["state"] = state;
        await _portal.AssertRefusedAsync(outcome);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("state")]
    [InlineData("iss")]
    public async Task I7_refuses_a_repeated_parameter(string name)
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();

        await _portal.AssertRefusedAsync(browser, $"{callback}&{name}=another", "repeated_parameter");
    }

    [Fact]
    public async Task I1_decodes_the_issuer_before_it_is_compared()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();

        Assert.Contains($"iss={Uri.EscapeDataString(_portal.Provider.Issuer)}", callback);
        await RefusedSignIn.AssertWorksAsync(browser, callback);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("trailing slash")]
    [InlineData("upper case")]
    public async Task F18_I2_I3_refuses_an_answer_of_another_issuer(string issuer)
    {
        _portal.Provider.Response = response => response["iss"] = issuer switch
        {
            "trailing slash" => response["iss"] + "/",
            "upper case" => response["iss"]!.ToUpperInvariant(),
            _ => issuer,
        };

        await _portal.AssertRefusedAsync("wrong_issuer");
    }

    [Fact]
    public async Task F18_I3_does_not_believe_an_error_of_another_issuer()
    {
        _portal.Provider.Response = response =>
        {
            response.Remove("code");
            response["error"] = "access_denied";
            response["iss"] = "https://evil.example";
        };

        await _portal.AssertRefusedAsync("wrong_issuer");
    }

    [Fact]
    public async Task F18_I4_refuses_an_answer_without_iss_when_the_provider_promises_it()
    {
        _portal.Provider.Response = response => response.Remove("iss");
        await _portal.AssertRefusedAsync("missing_issuer");
    }

    [Fact]
    public async Task Refuses_an_answer_with_neither_code_nor_error()
    {
        _portal.Provider.Response = response => response.Remove("code");
        await _portal.AssertRefusedAsync("missing_code");
    }

    [Theory]
    [InlineData("access_denied", "access_denied", HttpStatusCode.Forbidden)]
    [InlineData("server_error", "provider_error", HttpStatusCode.BadGateway)]
    [InlineData("temporarily_unavailable", "provider_unavailable", HttpStatusCode.ServiceUnavailable)]
    [InlineData("<script>\n", "provider_error", HttpStatusCode.BadGateway)]
    public async Task Shows_a_page_when_the_provider_answers_with_an_error(string error, string outcome, HttpStatusCode status)
    {
        _portal.Provider.Response = response =>
        {
            response.Remove("code");
            response["error"] = error;
        };

        var page = await _portal.AssertRefusedAsync(outcome, status);

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R5_refuses_the_code_of_another_sign_in()
    {
        using var browser = _portal.Browser();
        using var attacker = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        var injected = CodeOf(await attacker.BeginSignInAsync());

        await _portal.AssertRefusedAsync(
            browser, callback.Replace(CodeOf(callback), injected, StringComparison.Ordinal), "code_refused", HttpStatusCode.BadGateway);

        Assert.Equal(injected, _portal.Provider.Forms.Single(form => form.Path == "/token").Form["code"]);
    }

    [Fact]
    public async Task S0_6_refuses_when_the_verifier_is_missing_in_Redis()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        await _portal.Redis.Connection.GetDatabase().KeyDeleteAsync($"pkce:{StateOf(callback)}");

        await _portal.AssertRefusedAsync(browser, callback, "spent_state");
    }

    [Fact]
    public async Task R9_refuses_a_state_that_was_used()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        var cookie = browser.Cookies.Single();
        await RefusedSignIn.AssertWorksAsync(browser, callback);
        browser.Cookies.Clear();
        browser.Cookies[cookie.Key] = cookie.Value;

        await _portal.AssertRefusedAsync(browser, callback, "spent_state");
        Assert.Single(_portal.Provider.Forms, form => form.Path == "/token");
    }

    [Fact]
    public async Task R9_lets_one_of_many_callbacks_at_the_same_time_through()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.FinishSignInAsync(callback)));

        Assert.Single(_portal.Provider.Forms, form => form.Path == "/token");
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Goes_to_the_start_page_when_the_sign_in_is_done_and_the_session_lives()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync("/contacts");
        await RefusedSignIn.AssertWorksAsync(browser, callback);

        using var again = await browser.NavigateAsync(callback);

        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal("/", again.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    private static string StateOf(string callback) => QueryHelpers.ParseQuery(new Uri(callback).Query)["state"]!;

    private static string CodeOf(string callback) => QueryHelpers.ParseQuery(new Uri(callback).Query)["code"]!;
}
