using System.Net;
using Platform.Bff.Tests.Fixture;
using Platform.Sessions;

namespace Platform.Bff.Tests.Forwarding.Streams;

public sealed class CutTests(StreamsPortal portal) : IClassFixture<StreamsPortal>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly string[] Kinds = ["socket", "socket over HTTP/2", "events", "download"];
    private static readonly string[] Endings = ["revoked", "signed out", "signed in anew", "expired", "unused"];

    private readonly StreamsPortal _portal = portal.WithStreams();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var kind in Kinds)
            {
                foreach (var ending in Endings)
                {
                    cases.Add(kind, ending);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_stream_on_any_replica_is_cut_within_a_second_of_the_end_of_its_session(string kind, string ending)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var elsewhere = Elsewhere(browser);
        using var stream = await OpenStream.OpenAsync(kind, elsewhere, _portal.SecondReplica);

        await EndAsync(browser, ending);
        await Task.WhenAll(stream.EndAsync(), _portal.ApiToldOfEnd.Task).WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("socket over HTTP/2")]
    [InlineData("events")]
    public async Task A_stream_on_any_replica_is_cut_when_a_new_sign_in_is_demanded_and_goes_on_when_a_refresh_is(string kind)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var elsewhere = Elsewhere(browser);
        using var stream = await OpenStream.OpenAsync(kind, elsewhere, _portal.SecondReplica);

        await _portal.DemandAsync(Demand.Refresh);
        await stream.AssertOpenAsync();
        Assert.False(_portal.ApiToldOfEnd.Task.IsCompleted);

        await _portal.DemandAsync(Demand.StepUp);
        await Task.WhenAll(stream.EndAsync(), _portal.ApiToldOfEnd.Task).WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("download")]
    public async Task A_stream_lives_as_long_as_its_session_is_used_elsewhere(string kind)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var elsewhere = Elsewhere(browser);
        using var stream = await OpenStream.OpenAsync(kind, elsewhere, _portal.SecondReplica);

        for (var use = 0; use < 3; use++)
        {
            _portal.Clock.Advance(StreamsPortal.IdleLifetime * 0.7);
            Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        }

        await stream.AssertOpenAsync();
        Assert.False(_portal.ApiToldOfEnd.Task.IsCompleted);
        _portal.Clock.Advance(StreamsPortal.IdleLifetime + Soon);
        await Task.WhenAll(stream.EndAsync(), _portal.ApiToldOfEnd.Task).WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Streams_of_others_go_on()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var stream = await OpenStream.OpenAsync("socket", browser, _portal.Bff);
        _portal.Provider.Subject = Guid.NewGuid().ToString();
        _portal.Provider.SessionId = Guid.NewGuid().ToString();
        using var other = _portal.Browser();
        await other.SignInAsync();

        await _portal.RevokeUserAsync();
        await other.WaitForEndAsync();

        await stream.AssertOpenAsync();
    }

    [Fact]
    public async Task A_call_whose_session_ends_before_the_answer_gets_401()
    {
        var asked = new TaskCompletionSource();
        _portal.Contacts.Answer = async http =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        };
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var call = browser.CallAsync("/api/download");
        await asked.Task;

        await _portal.RevokeUserAsync();

        using var response = await call.WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("events")]
    public async Task A_stream_does_not_keep_the_service_from_stopping(string kind)
    {
        await using var replica = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);
        await browser.SignInAsync();
        using var stream = await OpenStream.OpenAsync(kind, browser, replica);

        await replica.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        await stream.EndAsync();
    }

    private Browser Elsewhere(Browser browser)
    {
        var elsewhere = _portal.Browser(_portal.SecondReplica);
        elsewhere.Cookies["__Host-bff"] = browser.Cookies["__Host-bff"];
        return elsewhere;
    }

    private async Task EndAsync(Browser browser, string ending)
    {
        switch (ending)
        {
            case "revoked":
                await _portal.RevokeUserAsync();
                break;
            case "signed out":
                using (await browser.CallAsync("/auth/logout", HttpMethod.Post))
                {
                    break;
                }

            case "signed in anew":
                await browser.SignInAsync();
                break;
            case "unused":
                _portal.Clock.Advance(StreamsPortal.IdleLifetime + Soon);
                break;
            case "expired":
                // Used until its access token, and with it the session, is over.
                for (var use = 0; use < 6; use++)
                {
                    _portal.Clock.Advance(TimeSpan.FromMinutes(9.5));
                    Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
                }

                _portal.Clock.Advance(TimeSpan.FromMinutes(3) + Soon);
                break;
        }
    }
}
