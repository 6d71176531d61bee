using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public abstract class SignInTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Ends_at_the_page_that_was_asked_for_with_a_session()
    {
        using var browser = _portal.Browser();

        using var callback = await browser.FinishSignInAsync(await browser.BeginSignInAsync("/contacts?sort=name#top"));

        Assert.Equal(HttpStatusCode.SeeOther, callback.StatusCode);
        Assert.Equal("/contacts?sort=name#top", callback.Headers.Location!.OriginalString);
        Assert.True(callback.Headers.CacheControl!.NoStore);
        using var response = await browser.CallAsync("/auth/session");
        var session = await Browser.JsonAsync(response);
        Assert.Equal(_portal.Provider.Subject, session.GetProperty("subject").GetString());
    }

    [Fact]
    public async Task B3_B4_B5_B6_B7_B8_gives_a_strict_host_cookie_and_no_other()
    {
        using var browser = _portal.Browser();

        await browser.SignInAsync();

        var cookie = Assert.Single(browser.Cookies.Values);
        Assert.Equal("__Host-bff", cookie.Name.ToString());
        Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: Microsoft.Net.Http.Headers.SameSiteMode.Strict });
        Assert.Equal("/", cookie.Path.ToString());
        Assert.False(cookie.Domain.HasValue);
        Assert.InRange(cookie.Value.Length, 43, 3500);
    }

    [Fact]
    public async Task T11_gives_a_new_handle_at_every_sign_in_and_ends_the_old_session()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var first = browser.Cookies["__Host-bff"];

        await browser.SignInAsync();

        Assert.NotEqual(first.Value, browser.Handle);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        browser.Cookies["__Host-bff"] = first;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task T11_does_not_adopt_a_handle_that_somebody_planted()
    {
        using var browser = _portal.Browser();
        using var attacker = _portal.Browser();
        await attacker.SignInAsync();
        browser.Cookies["__Host-bff"] = attacker.Cookies["__Host-bff"];

        await browser.SignInAsync();

        Assert.NotEqual(attacker.Handle, browser.Handle);
        Assert.Equal(HttpStatusCode.Unauthorized, await attacker.SessionStatusAsync());
    }

    [Fact]
    public async Task Ten_tabs_that_sign_in_at_once_all_end_signed_in_whatever_their_order()
    {
        using var browser = _portal.Browser();
        var tabs = await Task.WhenAll(Enumerable.Range(0, 10).Select(tab => browser.BeginSignInAsync($"/tab/{tab}")));

        foreach (var tab in (int[])[7, 0, 9, 3, 1, 8, 2, 6, 4, 5])
        {
            using var callback = await browser.FinishSignInAsync(tabs[tab]);
            Assert.Equal(HttpStatusCode.SeeOther, callback.StatusCode);
            Assert.Equal($"/tab/{tab}", callback.Headers.Location!.OriginalString);
            Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        }

        Assert.Single(browser.Cookies);
    }

    [Fact]
    public async Task May_begin_on_one_replica_and_end_on_another()
    {
        await using var other = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        var replica = _portal.Bff;
        using var browser = new Browser(() => replica.Port, _portal.Secrets) { KeepsConnections = false };
        var callback = await browser.BeginSignInAsync();

        replica = other;
        using var answer = await browser.FinishSignInAsync(callback);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Is_one_trace_from_the_first_request_to_the_token()
    {
        using var listener = Listen(_ => { });
        using var browser = _portal.Browser();

        await browser.SignInAsync();

        var traces = _portal.Provider.Forms.Select(form => form.TraceParent!.Split('-')[1]).ToList();
        Assert.Equal(2, traces.Count);
        Assert.Equal(traces[0], traces[1]);
    }

    [Fact]
    public async Task T27_logs_no_secret_of_a_sign_in()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        using var done = await browser.FinishSignInAsync(callback);
        using var again = await browser.FinishSignInAsync(callback);

        var secrets = _portal.Provider.Issued
            .Concat(_portal.Provider.Forms.SelectMany(form => form.Form)
                .Where(field => field.Key is "code_verifier" or "nonce" or "state" or "code").Select(field => field.Value))
            .Append(browser.Handle!).Append(TestProvider.ClientSecret);
        Assert.All(secrets, secret => Assert.DoesNotContain(_portal.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task T27_puts_no_secret_of_a_sign_in_into_a_span()
    {
        var tags = new ConcurrentQueue<string>();
        using var listener = Listen(span => tags.Enqueue(string.Join(' ', span.TagObjects.Append(new("name", span.DisplayName)))));
        using var browser = _portal.Browser();

        await browser.SignInAsync();
        using var contacts = await browser.CallAsync("/api/contacts");

        Assert.Contains(tags, tag => tag.Contains("sign-in callback", StringComparison.Ordinal));
        Assert.All(_portal.Provider.Issued.Append(browser.Handle!), secret =>
            Assert.DoesNotContain(tags, tag => tag.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task B9_leaves_no_token_and_no_handle_readable_in_Redis()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var database = _portal.Redis.Connection.GetDatabase();

        foreach (var key in _portal.Redis.Connection.GetServer(_portal.Redis.ConnectionString).Keys())
        {
            var content = $"{key} {System.Text.Encoding.Latin1.GetString(database.KeyDump(key)!)}";
            Assert.All(_portal.Provider.Issued.Append(browser.Handle!), secret =>
                Assert.DoesNotContain(secret, content, StringComparison.Ordinal));
        }
    }

    // As with an exporter.
    private static ActivityListener Listen(Action<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
