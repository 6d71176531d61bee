using System.Net;

namespace Platform.Bff.Tests.Fixture;

/// <summary>What every refused sign-in has in common.</summary>
internal static class RefusedSignIn
{
    /// <summary>A sign-in that goes wrong at the provider as the test has arranged.</summary>
    public static async Task<string> AssertRefusedAsync(
        this Portal portal, string outcome, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var browser = portal.Browser();
        return await portal.AssertRefusedAsync(browser, await browser.BeginSignInAsync(), outcome, status);
    }

    /// <summary>The page; the browser got no session, and the log has the outcome under the page's correlation id.</summary>
    public static async Task<string> AssertRefusedAsync(
        this Portal portal, Browser browser, string callback, string outcome, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var answer = await browser.FinishSignInAsync(callback);

        Assert.Equal(status, answer.StatusCode);
        Assert.Null(browser.Handle);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var correlationId = page.Split("Correlation id: ")[1][..32];
        Assert.Contains(portal.Logs.Lines, line =>
            line.Contains($"({outcome})", StringComparison.Ordinal) && line.Contains(correlationId, StringComparison.Ordinal));
        return page;
    }

    public static async Task AssertWorksAsync(Browser browser, string callback)
    {
        using var answer = await browser.FinishSignInAsync(callback);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
