using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Authorize;

public sealed class AuthorizeTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task T6_Accepts_a_request_by_POST()
    {
        using var portal = new Portal(server);
        var parameters = Portal.PlainAddress().Split('?')[1];
        using var posted = await portal.Browser.PostAsync("/authorize",
            new StringContent(parameters, null, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.SeeOther, posted.StatusCode);

        var form = await portal.OpenLoginAsync(posted.Headers.Location!.OriginalString);

        using var response = await portal.SubmitAsync(form);
        Assert.Contains("code", Portal.Answer(response, Portal.PlainRedirectUri).Keys);
    }

    [Fact]
    public async Task T6_A_POST_that_is_no_form_gets_a_page()
    {
        using var browser = server.NewClient();
        using var response = await browser.PostAsync("/authorize", new StringContent("{}", null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task T9_Prompt_login_asks_for_the_password_again()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(10));

        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(await portal.PushAsync(("prompt", "login"))));
        using var tokens = await portal.RedeemAsync(Portal.Answer(response)["code"]);

        var claims = Portal.Claims((await Portal.Json(tokens)).GetProperty("id_token").GetString()!);
        Assert.Equal(server.Clock.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("auth_time").GetInt64());
    }

    [Fact]
    public async Task T9_A_session_older_than_max_age_asks_for_the_password_again()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains("request", await portal.OpenLoginAsync(await portal.PushAsync(("max_age", "60"))));
    }

    [Fact]
    public async Task T9_A_session_within_max_age_does_not()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();

        using var response = await portal.Browser.GetAsync(await portal.PushAsync(("max_age", "60")));

        Assert.Contains("code", Portal.Answer(response).Keys);
    }

    [Fact]
    public async Task T8_Prompt_none_with_a_session_gets_a_code()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();

        using var response = await portal.Browser.GetAsync(await portal.PushAsync(("prompt", "none")));

        Assert.Contains("code", Portal.Answer(response).Keys);
    }

    [Fact]
    public async Task A_session_that_has_expired_asks_for_the_password_again()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        server.Clock.Advance(TimeSpan.FromHours(10));

        Assert.Contains("request", await portal.OpenLoginAsync(await portal.PushAsync()));
    }

    [Fact]
    public async Task T73_Answers_cannot_be_framed_or_read_by_another_origin()
    {
        using var browser = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Portal.PlainAddress());
        request.Headers.Add("Origin", "https://evil.test");
        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
