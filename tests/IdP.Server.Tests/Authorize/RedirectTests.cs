using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Authorize;

/// <summary>Where a browser is sent, and how.</summary>
public sealed class RedirectTests(AuthorizeServer server) : IClassFixture<AuthorizeServer>
{
    [Fact]
    public async Task T2_A_native_app_is_answered_at_the_port_that_it_got()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(
            ("client_id", "native"), ("redirect_uri", "http://127.0.0.1:49152/callback"), ("scope", "openid"), ("prompt", "none")));

        Assert.Equal("login_required", Portal.Answer(response, "http://127.0.0.1:49152/callback")["error"]);
    }

    [Fact]
    public async Task T73_Every_redirect_is_a_303_so_that_nothing_that_was_posted_travels_on()
    {
        using var portal = new Portal(server);
        var statuses = new List<HttpStatusCode>();

        using (var login = await portal.Browser.GetAsync(Portal.PlainAddress()))
        {
            statuses.Add(login.StatusCode);
        }

        using (var error = await portal.Browser.GetAsync(Portal.PlainAddress(("prompt", "none"))))
        {
            statuses.Add(error.StatusCode);
        }

        using var content = new StringContent(Portal.PlainAddress().Split('?')[1], null, "application/x-www-form-urlencoded");
        using (var posted = await portal.Browser.PostAsync("/authorize", content))
        {
            statuses.Add(posted.StatusCode);
        }

        using (var signedIn = await portal.SubmitAsync(await portal.OpenLoginAsync(Portal.PlainAddress())))
        {
            statuses.Add(signedIn.StatusCode);
        }

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.SeeOther, status));
    }

    [Fact]
    public async Task T73_No_other_origin_is_told_that_it_may_read_an_answer()
    {
        using var browser = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/authorize");
        request.Headers.Add("Origin", "https://evil.test");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await browser.SendAsync(request);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Threat5_What_was_pushed_is_neither_in_an_address_nor_in_a_cookie()
    {
        using var portal = new Portal(server);
        using var response = await portal.Browser.GetAsync(await portal.PushAsync(("state", "secret-state"), ("nonce", "secret-nonce")));
        using var page = await portal.Browser.GetAsync(response.Headers.Location);

        var seen = string.Concat(response.Headers.Concat(page.Headers).SelectMany(header => header.Value)) +
            await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret-state", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-nonce", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Portal.Challenge, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threat3_A_challenge_cannot_be_taken_from_a_pushed_request()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync() + "&code_challenge=&code_challenge_method=plain";
        using var signedIn = await portal.SubmitAsync(await portal.OpenLoginAsync(address));

        using var response = await portal.RedeemAsync(Portal.Answer(signedIn)["code"], ("code_verifier", null));

        Assert.Equal("invalid_grant", (await Portal.Json(response)).GetProperty("error").GetString());
    }
}
