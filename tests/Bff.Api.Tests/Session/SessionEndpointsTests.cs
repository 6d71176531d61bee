using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Session;

public abstract class SessionEndpointsTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Shows_who_is_signed_in_and_no_token()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync("/auth/session");

        Assert.True(response.Headers.CacheControl!.NoStore);
        var session = await Browser.JsonAsync(response);
        Assert.Equal(
            ["acr", "authenticatedAt", "email", "expiresAt", "idleExpiresAt", "name", "sessionId", "subject"],
            session.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("ada@example.com", session.GetProperty("email").GetString());
        Assert.Equal(_portal.Provider.SessionId, session.GetProperty("sessionId").GetString());
        Assert.Equal(_portal.Clock.GetUtcNow() + TimeSpan.FromHours(1), session.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.All(_portal.Provider.Issued, secret => Assert.DoesNotContain(secret, session.GetRawText(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonsense")]
    public async Task Answers_401_JSON_and_no_redirect_when_there_is_no_session(string? handle)
    {
        using var browser = _portal.Browser();
        if (handle is not null)
        {
            browser.Cookies["__Host-bff"] = new("__Host-bff", handle);
        }

        using var response = await browser.CallAsync("/auth/session");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Null(response.Headers.Location);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Ends_when_it_is_revoked()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        await _portal.RevokeUserAsync();

        await browser.WaitForEndAsync();
    }

    [Fact]
    public async Task B17_ends_with_its_access_token()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        _portal.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }
}
