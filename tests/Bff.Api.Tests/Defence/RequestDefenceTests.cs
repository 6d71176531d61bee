using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Defence;

public sealed class RequestDefenceTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    public static TheoryData<string, string> Guarded => new()
    {
        { "GET", "/auth/session" },
        { "GET", "/auth/events" },
        { "POST", "/auth/logout" },
        { "GET", "/api/contacts" },
        { "GET", "/auth/unknown" },
        { "GET", "/api/unknown" },
    };

    [Theory, MemberData(nameof(Guarded))]
    public async Task B11_B12_refuses_every_call_without_the_header(string method, string path)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.SendAsync(new(method), path, crossSite: false, ("Sec-Fetch-Site", "same-origin"));

        await AssertProblemAsync(response);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory, MemberData(nameof(Guarded))]
    public async Task B10_refuses_every_call_that_another_site_starts(string method, string path)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        foreach (var site in (string[])["cross-site", "same-site", "none", "", "same-origin, cross-site"])
        {
            using var response = await browser.SendAsync(
                new(method), path, crossSite: false, ("X-CSRF", "1"), ("Sec-Fetch-Site", site));
            await AssertProblemAsync(response);
        }

        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory, MemberData(nameof(Guarded))]
    public async Task B10_refuses_every_call_with_a_foreign_origin(string method, string path)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        foreach (var origin in (string[])["https://evil.example", "null", "http://portal.test", "https://portal.test:8443", "https://portal.test.evil.example"])
        {
            using var response = await browser.SendAsync(
                new(method), path, crossSite: false, ("X-CSRF", "1"), ("Origin", origin));
            await AssertProblemAsync(response);
        }

        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("1, 1")]
    public async Task B11_accepts_the_header_with_its_value_alone(string value)
    {
        using var browser = _portal.Browser();
        using var response = await browser.SendAsync(HttpMethod.Get, "/auth/session", crossSite: false, ("X-CSRF", value));
        await AssertProblemAsync(response);
    }

    [Fact]
    public async Task Lets_our_own_script_through_with_and_without_fetch_metadata()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var modern = await browser.CallAsync("/auth/session", headers: ("Origin", Portal.Origin));
        using var old = await browser.SendAsync(HttpMethod.Get, "/auth/session", crossSite: false, ("X-CSRF", "1"));

        Assert.Equal(HttpStatusCode.OK, modern.StatusCode);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
    }

    [Theory]
    [InlineData("/auth/session")]
    [InlineData("/api/contacts")]
    public async Task T14_refuses_a_session_cookie_that_comes_twice(string path)
    {
        using var victim = _portal.Browser();
        await victim.SignInAsync();
        using var browser = _portal.Browser();

        foreach (var cookies in (string[])[$"__Host-bff={victim.Handle}; __Host-bff=planted", $"__Host-bff=planted;a=b;__Host-bff={victim.Handle}"])
        {
            using var response = await browser.CallAsync(path, headers: ("Cookie", cookies));
            await AssertProblemAsync(response);
        }
    }

    [Fact]
    public async Task Answers_404_as_a_problem_where_a_script_asks_for_what_is_not_there()
    {
        using var browser = _portal.Browser();

        using var response = await browser.CallAsync("/api/unknown");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(_portal.Pages.Requests);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/auth/session")]
    [InlineData("/auth/login")]
    [InlineData("/auth/callback")]
    public async Task Adds_the_security_headers_to_every_answer(string path)
    {
        using var browser = _portal.Browser();

        using var response = await browser.NavigateAsync(path);

        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["DENY"], response.Headers.GetValues("X-Frame-Options"));
        Assert.Equal(["max-age=2592000"], response.Headers.GetValues("Strict-Transport-Security"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Leaves_the_probes_open(string path)
    {
        using var browser = _portal.Browser();
        using var response = await browser.SendAsync(HttpMethod.Get, path, crossSite: false);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await Browser.JsonAsync(response);
        Assert.True(problem.TryGetProperty("correlationId", out _));
    }
}
