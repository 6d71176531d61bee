using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Tests.Fixture;
using StackExchange.Redis;

namespace Platform.Bff.Tests.Pages;

public sealed class StoreAwayTests
{
    [Fact]
    public async Task A_Redis_that_is_away_is_a_503_and_nobody_is_signed_out()
    {
        await using var portal = new Portal();
        await portal.InitializeAsync();
        using var browser = portal.Browser();
        await browser.SignInAsync();
        var callback = await browser.BeginSignInAsync();
        var cookies = browser.Cookies.ToDictionary();
        portal.Redis.Stop();

        // Memory may answer for the 100 ms in which it is certain.
        while (await browser.SessionStatusAsync() is HttpStatusCode.OK)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        foreach (var (path, method) in ((string, HttpMethod)[])
            [("/auth/session", HttpMethod.Get), ("/api/contacts", HttpMethod.Get), ("/auth/events", HttpMethod.Get), ("/auth/logout", HttpMethod.Post)])
        {
            AssertAway(await browser.CallAsync(path, method), "application/problem+json");
        }

        AssertAway(await browser.NavigateAsync("/auth/login"), "text/html");
        AssertAway(await browser.FinishSignInAsync(callback), "text/html");
        Assert.Equal(cookies.OrderBy(cookie => cookie.Key), browser.Cookies.OrderBy(cookie => cookie.Key));

        using var pages = await browser.NavigateAsync("/");
        Assert.Equal(HttpStatusCode.OK, pages.StatusCode);
        using var alive = await browser.NavigateAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        using var ready = await browser.NavigateAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task A_Redis_that_comes_back_is_used_again()
    {
        await using var portal = new Portal();
        await portal.InitializeAsync();
        using var browser = portal.Browser();
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();
        var back = new TaskCompletionSource();
        portal.Bff.Services.GetRequiredService<IConnectionMultiplexer>().ConnectionRestored += (_, connection) =>
        {
            if (connection.ConnectionType is ConnectionType.Interactive)
            {
                back.TrySetResult();
            }
        };

        portal.Redis.Stop();
        while (await browser.SessionStatusAsync() is HttpStatusCode.OK)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        portal.Redis.Start();
        await back.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        // This Redis kept nothing: the session is gone, the open tab learns of it, and the scripts are sent anew.
        Assert.StartsWith("event: session-ended", await events.NextEventAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
        await browser.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    private static void AssertAway(HttpResponseMessage response, string mediaType)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }
    }
}
