using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.IdP.Outbound;
using Platform.IdP.Tests.Running;
using Platform.Testing;

namespace Platform.IdP.Tests.Outbound;

public sealed class OutboundClientTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private ClientHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ClientHost.StartAsync(http => http.Response.WriteAsync("hello"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Fetches_from_a_host_that_is_exempted_and_trusted()
    {
        using var client = NewClient(["localhost"]);

        var answer = Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, _host.Origin));

        Assert.Equal("hello", Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.MaxAge);
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
        _host.Answer = http =>
        {
            http.Response.Headers.CacheControl = cacheControl;
            http.Response.Headers.Age = age;
            return Task.CompletedTask;
        };

        var answer = Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, _host.Origin));

        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.MaxAge);
    }

    [Fact]
    public async Task Posts_forms_and_json_with_a_bearer_token()
    {
        using var client = NewClient(["localhost"]);
        _host.Answer = async http =>
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsync($"{http.Request.ContentType} {http.Request.Headers.Authorization} ");
            await http.Request.Body.CopyToAsync(http.Response.Body);
        };
        var form = await client.PostFormAsync(new Uri(_host.Origin), [new("a", "b c")], TestContext.Current.CancellationToken);
        var json = await client.PostJsonAsync(new Uri(_host.Origin), "{}", "secret", TestContext.Current.CancellationToken);

        Assert.Equal("application/x-www-form-urlencoded  a=b+c", Encoding.UTF8.GetString(Assert.IsType<OutboundAnswer.Ok>(form).Body));
        Assert.Equal("application/json; charset=utf-8 Bearer secret {}", Encoding.UTF8.GetString(Assert.IsType<OutboundAnswer.Ok>(json).Body));
    }

    [Theory]
    [InlineData("localhost:1")]
    [InlineData("other.test")]
    [InlineData("10.0.0.0/8")]
    public async Task Threat19_Refuses_loopback_that_is_not_exempted(string exempted)
    {
        using var client = NewClient([exempted]);

        await RefusesAsync(client, _host.Origin, "has no public address");

        Assert.Equal(0, _host.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    [InlineData("LOCALHOST")]
    public async Task Threat19_An_exemption_is_a_host_or_a_network(string exempted)
    {
        using var client = NewClient([exempted]);

        Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, _host.Origin));
    }

    [Fact]
    public async Task Threat19_An_exemption_may_name_the_port()
    {
        using var client = NewClient([new Uri(_host.Origin).Authority]);

        Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, _host.Origin));
    }

    [Fact]
    public async Task Threat19_Loopback_is_exempted_in_development()
    {
        using var client = NewClient([], isDevelopment: true);

        Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, _host.Origin));
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public async Task Threat19_Refuses_literal_addresses(string address)
    {
        using var client = NewClient([], resolve: Dns.GetHostAddressesAsync);

        await RefusesAsync(client, address, "has no public address");
    }

    // The name had a public address when somebody looked; what counts is the address that is connected to.
    [Fact]
    public async Task Threat19_Refuses_a_name_that_was_rebound()
    {
        var asked = 0;
        using var client = NewClient([], resolve: (_, _) =>
            Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("10.0.0.1") : IPAddress.Loopback]));
        await RefusesAsync(client, "https://rebound.test/", "has no public address");

        await RefusesAsync(client, _host.Origin.Replace("localhost", "rebound.test", StringComparison.Ordinal), "has no public address");

        Assert.Equal(2, asked);
        Assert.Equal(0, _host.Requests);
    }

    [Theory]
    [InlineData("http://localhost/", "not https")]
    [InlineData("ftp://localhost/", "not https")]
    [InlineData("file:///etc/passwd", "not https")]
    [InlineData("https://user:secret@localhost/", "user name")]
    public async Task Threat19_Refuses_other_schemes_and_user_names(string address, string reason)
    {
        using var client = NewClient(["localhost"]);

        await RefusesAsync(client, address, reason);
    }

    [Fact]
    public async Task Threat19_Refuses_http_to_other_hosts_even_in_development()
    {
        using var client = NewClient([], isDevelopment: true, resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]));

        await RefusesAsync(client, "http://public.test/", "http is only for exempted hosts");
    }

    [Fact]
    public async Task Threat19_Follows_no_redirect()
    {
        using var client = NewClient(["localhost"]);
        _host.Answer = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        await RefusesAsync(client, _host.Origin, "redirects");

        Assert.Equal(1, _host.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Threat19_Refuses_an_answer_that_is_too_large_declared_or_not(bool declared)
    {
        using var client = NewClient(["localhost"], maxBytes: 2048);
        _host.Answer = async http =>
        {
            http.Response.ContentLength = declared ? 4096 : null;
            await http.Response.StartAsync();
            await http.Response.Body.WriteAsync(new byte[4096]);
        };

        Assert.IsType<OutboundAnswer.Refused>(await GetAsync(client, _host.Origin));
    }

    [Fact]
    public async Task Threat19_Refuses_a_compressed_answer()
    {
        using var client = NewClient(["localhost"]);
        _host.Answer = async http =>
        {
            Assert.Empty(http.Request.Headers.AcceptEncoding.ToString());
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(new byte[100_000]);
        };

        await RefusesAsync(client, _host.Origin, "compressed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Threat19_Waits_for_a_limited_time_for_head_and_body(bool withHead)
    {
        using var client = NewClient(["localhost"]);
        var reached = new TaskCompletionSource();
        _host.Answer = async http =>
        {
            if (withHead)
            {
                await http.Response.StartAsync();
            }

            reached.SetResult();
            await ClientHost.HangAsync(http);
        };

        var answer = GetAsync(client, _host.Origin);
        await reached.Task;
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("longer than 5 seconds", Assert.IsType<OutboundAnswer.Refused>(await answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_may_give_up()
    {
        using var client = NewClient(["localhost"]);
        using var giveUp = new CancellationTokenSource();
        _host.Answer = async http =>
        {
            await giveUp.CancelAsync();
            await ClientHost.HangAsync(http);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(new Uri(_host.Origin), giveUp.Token));
    }

    [Fact]
    public async Task Tells_the_status_of_an_answer_that_is_no_success()
    {
        using var client = NewClient(["localhost"]);
        _host.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        Assert.Equal(503, Assert.IsType<OutboundAnswer.Refused>(await GetAsync(client, _host.Origin)).Status);
    }

    [Fact]
    public async Task Threat19_Refuses_a_certificate_that_nobody_trusts()
    {
        using var client = NewClient(["localhost"], caFile: null);

        await RefusesAsync(client, _host.Origin, "SSL");
    }

    [Fact]
    public async Task Threat19_Refuses_a_certificate_for_another_name()
    {
        using var client = NewClient(["other.test"], resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        await RefusesAsync(client, _host.Origin.Replace("localhost", "other.test", StringComparison.Ordinal), "SSL");
    }

    [Fact]
    public async Task Sends_neither_cookies_back_nor_the_ids_of_a_trace()
    {
        using var client = NewClient(["localhost"]);
        using var trace = new Activity("test").Start();
        var headers = new List<string>();
        _host.Answer = http =>
        {
            headers.AddRange(http.Request.Headers.Keys);
            http.Response.Cookies.Append("a", "b");
            return Task.CompletedTask;
        };

        await GetAsync(client, _host.Origin);
        await GetAsync(client, _host.Origin);

        Assert.Equal(["Host", "Host"], headers);
    }

    private static Task<OutboundAnswer> GetAsync(OutboundClient client, string address) =>
        client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);

    private static async Task RefusesAsync(OutboundClient client, string address, string reason) =>
        Assert.Contains(reason, Assert.IsType<OutboundAnswer.Refused>(await GetAsync(client, address)).Reason, StringComparison.Ordinal);

    private OutboundClient NewClient(
        string[] allowed, bool isDevelopment = false, int maxBytes = 256 * 1024, string? caFile = "of the host",
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var options = new OutboundOptions { CaFile = caFile is null ? null : _host.CaFile, MaxBytes = maxBytes };
        foreach (var host in allowed)
        {
            options.AllowedHosts.Add(host);
        }

        var handler = OutboundSetup.NewHandler(options, isDevelopment, resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
        return new OutboundClient(handler, Options.Create(options), isDevelopment, _clock, NullLogger<OutboundClient>.Instance);
    }
}
