using System.Text.RegularExpressions;

namespace Platform.Spa.Tests.Pages;

public sealed partial class SecurityHeadersTests(SpaServer spa) : IClassFixture<SpaServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/people/42")]
    [InlineData("/scripts/app.js")]
    [InlineData("/styles/base.css")]
    [InlineData("/no-such-file.js")]
    public async Task Every_answer_carries_them(string path)
    {
        using var response = await spa.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Contains("camera=()", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.NotEmpty(response.Headers.GetValues("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("default-src 'none'")]
    [InlineData("script-src 'self'")]
    [InlineData("style-src 'self'")]
    [InlineData("connect-src 'self'")]
    [InlineData("img-src 'self'")]
    [InlineData("frame-src 'self'")]
    [InlineData("base-uri 'none'")]
    [InlineData("form-action 'self'")]
    [InlineData("frame-ancestors 'none'")]
    [InlineData("require-trusted-types-for 'script'")]
    public async Task The_policy_allows_the_pages_own_files_and_nothing_else(string directive)
    {
        using var response = await spa.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains(directive, policy.Split(';', StringSplitOptions.TrimEntries));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_no_inline_script_style_or_handler()
    {
        var page = await spa.Http.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(InlineAttribute(), page);
        Assert.All(Scripts().Matches(page), script =>
        {
            Assert.Contains("src=\"/", script.Groups["attributes"].Value, StringComparison.Ordinal);
            Assert.Empty(script.Groups["body"].Value);
        });
    }

    [Theory]
    [InlineData("innerHTML")]
    [InlineData("outerHTML")]
    [InlineData("insertAdjacentHTML")]
    [InlineData("document.write")]
    [InlineData("sessionStorage")]
    [InlineData("indexedDB")]
    [InlineData("document.cookie")]
    [InlineData("eval(")]
    public void The_scripts_never_use(string name)
    {
        var scripts = Directory.GetFiles(SpaServer.Files, "*.js", SearchOption.AllDirectories);

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.DoesNotContain(name, File.ReadAllText(script), StringComparison.Ordinal));
    }

    [Fact]
    public void The_scripts_keep_nothing_in_the_browser_but_that_the_person_left()
    {
        var keeping = Directory.GetFiles(SpaServer.Files, "*.js", SearchOption.AllDirectories)
            .Where(script => File.ReadAllText(script).Contains("localStorage", StringComparison.Ordinal));

        Assert.Equal(["departure.js"], keeping.Select(Path.GetFileName));
    }

    [GeneratedRegex(@"\s(on\w+|style)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineAttribute();

    [GeneratedRegex("<script(?<attributes>[^>]*)>(?<body>[^<]*)</script>", RegexOptions.IgnoreCase)]
    private static partial Regex Scripts();
}
