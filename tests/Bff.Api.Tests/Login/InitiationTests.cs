using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

/// <summary>OpenID Connect Core section 4.</summary>
public sealed class InitiationTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Theory]
    [InlineData($"{Portal.Origin}/contacts?sort=name", "/contacts?sort=name")]
    [InlineData("/contacts", "/contacts")]
    [InlineData(null, "/")]
    public async Task Another_site_begins_a_sign_in_that_ends_at_its_target(string? target, string returnUrl)
    {
        using var browser = _portal.Browser();

        using var onward = await browser.NavigateAsync(Address(_portal.Provider.Issuer, target), crossSite: true);
        using var callback = await browser.FinishSignInAsync(await browser.BeginAsync(await NextAsync(onward)));

        Assert.Equal(returnUrl, callback.Headers.Location!.OriginalString);
        Assert.Equal("ada", _portal.Provider.Forms.First().Form["login_hint"]);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Ends_the_session_that_the_browser_had()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var former = browser.Cookies["__Host-bff"];

        using var onward = await browser.NavigateAsync(Address(_portal.Provider.Issuer, null), crossSite: true);
        using var callback = await browser.FinishSignInAsync(await browser.BeginAsync(await NextAsync(onward)));

        Assert.NotEqual(former.Value, browser.Handle);
        browser.Cookies["__Host-bff"] = former;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task May_come_as_a_form()
    {
        using var browser = _portal.Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["iss"] = _portal.Provider.Issuer,
            ["target_link_uri"] = "/contacts",
        });

        using var onward = await browser.PostFromElsewhereAsync("/auth/initiate", form, ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://elsewhere.example"));

        Assert.Contains("returnUrl=%2Fcontacts", await NextAsync(onward));
    }

    [Theory]
    [InlineData("text/plain", "iss=x")]
    [InlineData("application/x-www-form-urlencoded", "too long")]
    [InlineData("multipart/form-data", "no boundary")]
    public async Task Refuses_a_form_that_cannot_be_read(string type, string body)
    {
        using var browser = _portal.Browser();
        using var content = new StringContent(body is "too long" ? new string('x', 20_000) : body);
        content.Headers.ContentType = new(type);

        using var answer = await browser.PostFromElsewhereAsync("/auth/initiate", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", null, HttpStatusCode.NotFound)]
    [InlineData("", null, HttpStatusCode.NotFound)]
    [InlineData(null, "https://evil.example/", HttpStatusCode.BadRequest)]
    [InlineData(null, "//evil.example/", HttpStatusCode.BadRequest)]
    [InlineData(null, $"{Portal.Origin}.evil.example/", HttpStatusCode.BadRequest)]
    [InlineData(null, $"{Portal.Origin}//evil.example/", HttpStatusCode.BadRequest)]
    [InlineData(null, $"{Portal.Origin}@evil.example/", HttpStatusCode.BadRequest)]
    [InlineData(null, $"{Portal.Origin}/auth/logout", HttpStatusCode.BadRequest)]
    public async Task R1_refuses_a_foreign_issuer_and_a_foreign_target(string? issuer, string? target, HttpStatusCode status)
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync(Address(issuer ?? _portal.Provider.Issuer, target), crossSite: true);

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
    }

    [Fact]
    public async Task Refuses_a_repeated_parameter()
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync(
            $"{Address(_portal.Provider.Issuer, null)}&iss=https://evil.example", crossSite: true);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("iframe")]
    [InlineData("object")]
    [InlineData("image")]
    public async Task Is_no_part_of_another_page(string destination)
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync(
            Address(_portal.Provider.Issuer, null), crossSite: true, ("Sec-Fetch-Dest", destination));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
    }

    private static string Address(string issuer, string? target) =>
        $"/auth/initiate?iss={Uri.EscapeDataString(issuer)}&login_hint=ada" +
        (target is null ? "" : $"&target_link_uri={Uri.EscapeDataString(target)}");

    private static async Task<string> NextAsync(HttpResponseMessage onward)
    {
        Assert.Equal(HttpStatusCode.OK, onward.StatusCode);
        var html = await onward.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return WebUtility.HtmlDecode(html.Split("0;url=")[1].Split('"')[0]);
    }
}
