using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

/// <summary>Sign-ins with everything that is on by default.</summary>
public sealed class FullSignInTests(FullPortal portal) : IClassFixture<FullPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task B1_F1_F2_F5_F8_P6_R14_signs_in_by_private_key_jwt_with_a_signed_response_and_DPoP_nonces()
    {
        _portal.Provider.Nonce = Guid.NewGuid().ToString();
        using var browser = _portal.Browser();

        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.All(_portal.Provider.Forms, form => Assert.DoesNotContain("client_secret", form.Form.Keys));
        Assert.All(_portal.Provider.Forms, form => Assert.Equal(_portal.Provider.Issuer, AudienceOf(form.Form["client_assertion"])));
    }

    [Fact]
    public async Task D11_P4_binds_the_code_to_the_key_when_it_pushes()
    {
        using var browser = _portal.Browser();

        await browser.SignInAsync();

        var pushed = _portal.Provider.Forms.First(form => form.Path == "/par").Form;
        Assert.Equal(43, pushed["dpop_jkt"].Length);
        Assert.Equal("jwt", pushed["response_mode"]);
        Assert.DoesNotContain("request_uri", pushed.Keys);
    }

    [Fact]
    public async Task D7_D10_repeats_once_with_the_nonce_a_fresh_proof_and_a_fresh_assertion()
    {
        _portal.Provider.Nonce = Guid.NewGuid().ToString();
        using var browser = _portal.Browser();

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        var assertions = _portal.Provider.Forms.Select(form => form.Form["client_assertion"]).ToList();
        Assert.Equal(2, assertions.Distinct().Count());
    }

    [Fact]
    public async Task D8_uses_the_newest_nonce_at_once()
    {
        _portal.Provider.Nonce = Guid.NewGuid().ToString();
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var before = _portal.Provider.Forms.Count;

        await browser.SignInAsync();

        Assert.Equal(before + 2, _portal.Provider.Forms.Count);
    }

    [Fact]
    public async Task D6_discards_a_token_that_is_not_bound_to_the_key()
    {
        _portal.Provider.TokenResponse = response => response["token_type"] = "Bearer";
        await _portal.AssertRefusedAsync("incomplete_tokens", HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Refuses_an_answer_that_is_not_signed()
    {
        using var browser = _portal.Browser();
        await browser.BeginSignInAsync();
        var state = _portal.Provider.Forms.Single().Form["state"];

        await _portal.AssertRefusedAsync(
            browser, $"{Portal.Origin}/auth/callback?code=c&state={state}&iss={_portal.Provider.Issuer}", "unsigned_response");
    }

    [Theory]
    [InlineData("iss", "https://evil.example")] // J1
    [InlineData("aud", "another-client")] // J2
    public async Task J5_uses_nothing_of_an_answer_whose_claims_are_wrong(string claim, string value)
    {
        _portal.Provider.Response = response => response[claim] = value;
        await _portal.AssertRefusedAsync("response_refused");
    }

    [Fact]
    public async Task J4_refuses_an_answer_signed_by_another_key()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();

        await _portal.AssertRefusedAsync(browser, callback[..^8] + "AAAAAAAA", "response_refused");
        await RefusedSignIn.AssertWorksAsync(browser, callback);
    }

    [Fact]
    public async Task J6_refuses_the_state_of_another_browser_in_a_signed_answer()
    {
        using var browser = _portal.Browser();
        using var attacker = _portal.Browser();

        await _portal.AssertRefusedAsync(browser, await attacker.BeginSignInAsync(), "foreign_browser");
    }

    [Fact]
    public async Task Ten_tabs_that_sign_in_at_once_all_end_signed_in_whatever_their_order()
    {
        _portal.Provider.Nonce = Guid.NewGuid().ToString();
        using var browser = _portal.Browser();
        var tabs = await Task.WhenAll(Enumerable.Range(0, 10).Select(tab => browser.BeginSignInAsync($"/tab/{tab}")));

        foreach (var tab in (int[])[4, 9, 0, 7, 2, 8, 1, 5, 3, 6])
        {
            using var callback = await browser.FinishSignInAsync(tabs[tab]);
            Assert.Equal($"/tab/{tab}", callback.Headers.Location!.OriginalString);
            Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        }

        // The Back button: what is spent harms nobody who is signed in.
        using var again = await browser.NavigateAsync(tabs[0]);
        Assert.Equal("/", again.Headers.Location!.OriginalString);
        Assert.Single(browser.Cookies);
    }

    [Fact]
    public async Task Shows_a_signed_error()
    {
        _portal.Provider.Response = response =>
        {
            response.Remove("code");
            response["error"] = "access_denied";
        };

        await _portal.AssertRefusedAsync("access_denied", HttpStatusCode.Forbidden);
    }

    // Throws for an array.
    private static string AudienceOf(string assertion) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(assertion.Split('.')[1]))!["aud"]!.GetValue<string>();
}
