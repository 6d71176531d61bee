using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.IdP.Outbound;
using Platform.IdP.Tests.Running;
using Platform.Testing;

namespace Platform.IdP.Tests.Outbound;

/// <summary>What is sent and what is read.</summary>
public sealed class OutboundClientTests : OutboundTest
{
    [Fact]
    public async Task Fetches_from_aHost_that_is_exempted_and_trusted()
    {
        using var client = NewClient(["localhost"]);

        var answer = Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, Host.Origin));

        Assert.Equal("hello", Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.MaxAge);
    }

    [Fact]
    public async Task Says_what_happened_to_a_connection_that_was_broken_at_once()
    {
        using var broken = new BrokenConnection();
        using var client = NewClient(broken.NewHandler());

        await RefusesAsync(client, "http://localhost/", "not connected");
    }

    [Theory]
    [InlineData("max-age=60", null, 60)]
    [InlineData("max-age=60", "20", 40)]
    [InlineData("max-age=60", "80", 0)]
    [InlineData("no-store", null, 0)]
    [InlineData("no-cache, max-age=60", null, 0)]
    public async Task Tells_how_long_an_answer_may_be_kept(string cacheControl, string? age, int seconds)
    {
        using var client = NewClient(["localhost"]);
        Host.Answer = http =>
        {
            http.Response.Headers.CacheControl = cacheControl;
            http.Response.Headers.Age = age;
            return Task.CompletedTask;
        };

        var answer = Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, Host.Origin));

        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.MaxAge);
    }

    [Fact]
    public async Task Posts_forms_and_json_with_a_bearer_token()
    {
        using var client = NewClient(["localhost"]);
        Host.Answer = async http =>
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsync($"{http.Request.ContentType} {http.Request.Headers.Authorization} ");
            await http.Request.Body.CopyToAsync(http.Response.Body);
        };
        var form = await client.PostFormAsync(new Uri(Host.Origin), [new("a", "b c")], TestContext.Current.CancellationToken);
        var json = await client.PostJsonAsync(new Uri(Host.Origin), "{}", "secret", TestContext.Current.CancellationToken);

        Assert.Equal("application/x-www-form-urlencoded  a=b+c", Encoding.UTF8.GetString(Assert.IsType<OutboundAnswer.Ok>(form).Body));
        Assert.Equal("application/json; charset=utf-8 Bearer secret {}", Encoding.UTF8.GetString(Assert.IsType<OutboundAnswer.Ok>(json).Body));
    }

    [Fact]
    public async Task Threat19_Follows_no_redirect()
    {
        using var client = NewClient(["localhost"]);
        Host.Answer = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        await RefusesAsync(client, Host.Origin, "redirects");

        Assert.Equal(1, Host.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Threat19_Refuses_an_answer_that_is_too_large_declared_or_not(bool declared)
    {
        using var client = NewClient(["localhost"], maxBytes: 2048);
        Host.Answer = async http =>
        {
            http.Response.ContentLength = declared ? 4096 : null;
            await http.Response.StartAsync();
            await http.Response.Body.WriteAsync(new byte[4096]);
        };

        Assert.IsType<OutboundAnswer.Refused>(await GetAsync(client, Host.Origin));
    }

    [Fact]
    public async Task Threat19_Refuses_a_compressed_answer()
    {
        using var client = NewClient(["localhost"]);
        Host.Answer = async http =>
        {
            Assert.Empty(http.Request.Headers.AcceptEncoding.ToString());
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(new byte[100_000]);
        };

        await RefusesAsync(client, Host.Origin, "compressed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Threat19_Waits_for_a_limited_time_for_head_and_body(bool withHead)
    {
        using var client = NewClient(["localhost"]);
        var reached = new TaskCompletionSource();
        Host.Answer = async http =>
        {
            if (withHead)
            {
                await http.Response.StartAsync();
            }

            reached.SetResult();
            await ClientHost.HangAsync(http);
        };

        var answer = GetAsync(client, Host.Origin);
        await reached.Task;
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("longer than 5 seconds", Assert.IsType<OutboundAnswer.Refused>(await answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_may_give_up()
    {
        using var client = NewClient(["localhost"]);
        using var giveUp = new CancellationTokenSource();
        Host.Answer = async http =>
        {
            await giveUp.CancelAsync();
            await ClientHost.HangAsync(http);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(new Uri(Host.Origin), giveUp.Token));
    }

    [Fact]
    public async Task Tells_the_status_of_an_answer_that_is_no_success()
    {
        using var client = NewClient(["localhost"]);
        Host.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        Assert.Equal(503, Assert.IsType<OutboundAnswer.Refused>(await GetAsync(client, Host.Origin)).Status);
    }

    [Fact]
    public async Task Sends_neither_cookies_back_nor_the_ids_of_a_trace()
    {
        using var client = NewClient(["localhost"]);
        using var trace = new Activity("test").Start();
        var headers = new List<string>();
        Host.Answer = http =>
        {
            headers.AddRange(http.Request.Headers.Keys);
            http.Response.Cookies.Append("a", "b");
            return Task.CompletedTask;
        };

        await GetAsync(client, Host.Origin);
        await GetAsync(client, Host.Origin);

        Assert.Equal(["Host", "Host"], headers);
    }
}
