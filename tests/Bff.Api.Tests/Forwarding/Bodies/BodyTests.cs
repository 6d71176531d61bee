using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding.Bodies;

public sealed class BodyTests(BodiesPortal portal) : IClassFixture<BodiesPortal>
{
    // The sizes of chunks count as well.
    private const int Framing = 100;

    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task A_body_reaches_the_API_while_it_is_still_being_sent()
    {
        var (first, all) = (new TaskCompletionSource(), 0);
        _portal.Contacts.Answer = async http =>
        {
            var buffer = new byte[1000];
            while (await http.Request.Body.ReadAsync(buffer) is > 0 and var length)
            {
                all += length;
                first.TrySetResult();
            }
        };
        using var browser = await SignInAsync();
        var pipe = new Pipe();
        var call = browser.PostAsync("/api/large", new StreamContent(pipe.Reader.AsStream()));

        // More than is kept back for the sake of larger packets.
        await pipe.Writer.WriteAsync(new byte[15_000]);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await pipe.Writer.WriteAsync(new byte[1_000]);
        await pipe.Writer.CompleteAsync();

        using var response = await call;
        Assert.Equal((HttpStatusCode.OK, 16_000), (response.StatusCode, all));
    }

    [Fact]
    public async Task An_answer_reaches_the_browser_while_it_is_still_being_written()
    {
        var received = new TaskCompletionSource();
        _portal.Contacts.Answer = async http =>
        {
            await http.Response.WriteAsync("first ");
            await http.Response.Body.FlushAsync();
            await received.Task;
            await http.Response.WriteAsync("second");
        };
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/patient");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        Assert.Equal("first ", Encoding.UTF8.GetString(buffer, 0, await body.ReadAsync(buffer, TestContext.Current.CancellationToken)));
        received.SetResult();
        Assert.Equal("second", Encoding.UTF8.GetString(buffer, 0, await body.ReadAsync(buffer, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("/api/upload", BodiesPortal.Limit - Framing, HttpStatusCode.OK)]
    [InlineData("/api/upload", BodiesPortal.Limit + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/api/large", BodiesPortal.LimitOfRoute - Framing, HttpStatusCode.OK)]
    [InlineData("/api/large", BodiesPortal.LimitOfRoute + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_that_is_too_large_gets_413_whether_it_says_its_length_or_not(string path, int length, HttpStatusCode expected)
    {
        _portal.Contacts.Answer = http => http.Request.Body.CopyToAsync(Stream.Null);
        using var browser = await SignInAsync();

        foreach (var content in (HttpContent[])[new ByteArrayContent(new byte[length]), new StreamContent(new Unmeasured(new byte[length]))])
        {
            using var response = await browser.PostAsync(path, content);

            Assert.Equal(expected, response.StatusCode);
            if (expected is not HttpStatusCode.OK)
            {
                await AssertProblemAsync(response);
            }
        }
    }

    [Fact]
    public async Task An_API_that_is_silent_for_too_long_gets_the_call_504()
    {
        _portal.Contacts.Answer = http => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/upload");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        await AssertProblemAsync(response);
    }

    [Fact]
    public async Task A_stream_may_be_silent_for_longer()
    {
        var silence = new TaskCompletionSource();
        _portal.Contacts.Answer = _ => silence.Task;
        using var browser = await SignInAsync();

        var stream = browser.CallAsync("/api/patient");
        using (var impatient = await browser.CallAsync("/api/upload"))
        {
            Assert.Equal(HttpStatusCode.GatewayTimeout, impatient.StatusCode);
        }

        Assert.False(stream.IsCompleted);
        silence.SetResult();
        using var response = await stream;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True((await Browser.JsonAsync(response)).TryGetProperty("correlationId", out _));
    }

    // Its length is not known before its end, so that it is sent in chunks.
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
