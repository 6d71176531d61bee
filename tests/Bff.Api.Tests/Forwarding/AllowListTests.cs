using System.Net;
using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding;

public sealed class AllowListTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Theory]
    [InlineData("Match:Methods:0", null, "The route 'wrong' has no Methods: list them in its Match, or add \"AnyMethod\": \"true\"")]
    [InlineData("Match:Methods:0", "TRACE", "The route 'wrong' has the method 'TRACE': use of GET,")]
    [InlineData("Match:Methods:0", "CONNECT", "The route 'wrong' has the method 'CONNECT': use of GET,")]
    [InlineData("Metadata:AnyMethod", "true", "The route 'wrong' has Methods and AnyMethod: remove one of them.")]
    [InlineData("Metadata:AnyMethod", "yes", "The route 'wrong' has AnyMethod 'yes' in its Metadata: use 'true' or 'false'.")]
    [InlineData("Metadata:AnyPath", "yes", null)]
    [InlineData("Match:Path", "/{**rest}", "The route 'wrong' has a path that leaves everything open: begin it with a name")]
    [InlineData("Match:Path", "/api/{**rest}", "The route 'wrong' has a path that leaves everything open")]
    [InlineData("Match:Path", "/API/{one}/{two}", "The route 'wrong' has a path that leaves everything open")]
    public async Task B13_B15_a_route_that_lists_nothing_stops_the_start(string setting, string? value, string? sentence)
    {
        var settings = _portal.Settings();
        SourcesPortal.AddRoute(settings, "wrong");
        if (value is null)
        {
            settings.Remove($"ReverseProxy:Routes:wrong:{setting}");
        }
        else
        {
            settings[$"ReverseProxy:Routes:wrong:{setting}"] = value;
        }

        if (sentence is null)
        {
            await using var replica = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
            return;
        }

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs));
        Assert.StartsWith(sentence, failure.Message);
    }

    [Fact]
    public async Task B15_a_route_that_is_open_says_so_and_takes_neither_TRACE_nor_CONNECT()
    {
        var settings = _portal.Settings();
        SourcesPortal.AddRoute(settings, "open", ("Token", "none"), ("AnyMethod", "true"), ("AnyPath", "true"));
        settings.Remove("ReverseProxy:Routes:open:Match:Methods:0");
        settings["ReverseProxy:Routes:open:Match:Path"] = "/api/{**rest}";
        await using var replica = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);
        await browser.SignInAsync();

        foreach (var (method, expected) in (IEnumerable<(string, HttpStatusCode)>)
            [("GET", HttpStatusCode.OK), ("PATCH", HttpStatusCode.OK), ("TRACE", HttpStatusCode.MethodNotAllowed), ("FOO", HttpStatusCode.MethodNotAllowed)])
        {
            using var response = await browser.CallAsync("/api/anything", new(method));
            Assert.Equal(expected, response.StatusCode);
        }

        Assert.Equal(["GET", "PATCH"], _portal.Contacts.Requests.Select(request => request.Method));
    }

    [Theory]
    [InlineData("http://api.example.com", "The destination 'one' of the cluster 'other' would be sent tokens over http: use https, or add \"AllowHttp\": \"true\"")]
    [InlineData("http://10.0.0.7:8080", "The destination 'one' of the cluster 'other' would be sent tokens over http")]
    [InlineData("http://[fd00::7]", "The destination 'one' of the cluster 'other' would be sent tokens over http")]
    [InlineData("ftp://api.example.com", "The destination 'one' of the cluster 'other' is 'ftp://api.example.com': give an http(s) address.")]
    [InlineData("api.example.com", "The destination 'one' of the cluster 'other' is 'api.example.com': give an http(s) address.")]
    [InlineData("http://unknown-service", "The address of 'unknown-service' is not known")]
    public async Task R18_a_destination_that_would_be_sent_tokens_in_the_clear_stops_the_start(string address, string sentence)
    {
        var settings = With(address);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs));

        Assert.StartsWith(sentence, failure.Message);
    }

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("http://localhost:5400")]
    [InlineData("http://127.0.0.1:5400")]
    [InlineData("http://[::1]:5400")]
    [InlineData("http://contacts-api")]
    [InlineData("http://10.0.0.7:8080", "true")]
    public async Task R18_accepts_what_is_encrypted_near_or_allowed(string address, string? allowHttp = null)
    {
        var settings = With(address);
        if (allowHttp is not null)
        {
            settings["ReverseProxy:Clusters:other:Metadata:AllowHttp"] = allowHttp;
        }

        await using var replica = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
    }

    private Dictionary<string, string> With(string address) =>
        new(_portal.Settings()) { ["ReverseProxy:Clusters:other:Destinations:one:Address"] = address };
}
