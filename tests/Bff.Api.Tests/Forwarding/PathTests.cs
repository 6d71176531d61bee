using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding;

/// <summary>A portal with a route that takes any path below its own.</summary>
public sealed class FilesPortal : Portal
{
    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        SourcesPortal.AddRoute(settings, "files", ("Token", "none"));
        settings["ReverseProxy:Routes:files:Match:Path"] = "/api/files/{**rest}";
        return settings;
    }
}

public sealed class PathTests(FilesPortal portal) : IClassFixture<FilesPortal>
{
    private readonly Portal _portal = portal.Fresh();

    public static TheoryData<string> Tricks =>
    [
        // dot segments, plain and encoded
        "/api/files/../admin", "/api/files/./a", "/api/files/..", "/api/files/.", "/api/files/%2e%2e/admin", "/api/files/%2E./admin",
        "/api/files/.%2e/admin", "/api/files/a%2eb",

        // slashes and backslashes
        "/api/files//admin", "//api/files/a", "/api/files/a%2fb", "/api/files/..%2Fadmin", "/api/files/a%5cb", "/api/files/..%5c..%5cadmin",
        "/api/files/a\\b",

        // encoded twice
        "/api/files/%252e%252e/admin", "/api/files/a%252fb", "/api/files/a%255cb", "/api/files/100%25",

        // no UTF-8: an overlong dot and slash
        "/api/files/%c0%ae%c0%ae/admin", "/api/files/a%c0%afb", "/api/files/%ff",

        // parameters and control characters
        "/api/files/..;/admin", "/api/files/a;b=c", "/api/files/a%3bb", "/api/files/a%0d%0ab", "/api/files/a%09b", "/api/files/a%7fb", "/api/files/a%00b",

        // an absolute target
        "https://evil.example/api/files/a",

        // pages
        "/..%2fadmin", "/%2e%2e/admin", "/a;b", "/%252e%252e/admin",
    ];

    [Theory, MemberData(nameof(Tricks))]
    public async Task B14_refuses_a_path_that_two_servers_could_read_differently(string target)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        var answer = await RawRequest.CallAsync(_portal.Bff, browser, target);

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Empty(_portal.Contacts.Requests);
        Assert.Empty(_portal.Pages.Requests);
    }

    [Theory]
    [InlineData("/api/files/a", "/api/files/a")]
    [InlineData("/api/files/a%20b", "/api/files/a%20b")]
    [InlineData("/api/files/%c3%a4", "/api/files/%C3%A4")]
    [InlineData("/api/files/a..b/.c", "/api/files/a..b/.c")]
    [InlineData("/api/files/a?next=%2F..%2Fb;c", "/api/files/a")]
    public async Task B14_forwards_a_plain_path_as_it_is(string target, string expected)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        var answer = await RawRequest.CallAsync(_portal.Bff, browser, target);

        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Equal(expected, Assert.Single(_portal.Contacts.Requests).Path);
    }
}
