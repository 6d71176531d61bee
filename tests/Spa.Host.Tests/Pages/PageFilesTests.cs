using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Platform.Spa.Tests.Pages;

public sealed partial class PageFilesTests(SpaServer spa) : IClassFixture<SpaServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/scripts/app.js", "text/javascript")]
    [InlineData("/scripts/views/portal.js", "text/javascript")]
    [InlineData("/styles/base.css", "text/css")]
    [InlineData("/icons/mark.svg", "image/svg+xml")]
    public async Task Files_come_with_their_content_type(string path, string contentType)
    {
        using var response = await spa.Http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/people")]
    [InlineData("/scripts/app.js")]
    public async Task A_cached_copy_is_asked_about_and_confirmed(string path)
    {
        using var first = await spa.Http.GetAsync(path, Cancelled);
        Assert.True(first.Headers.CacheControl?.NoCache);

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag));
        using var second = await spa.Http.SendAsync(again, Cancelled);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/people")]
    [InlineData("/people/42")]
    [InlineData("/people/42/")]
    public async Task An_address_inside_the_app_is_the_page(string path)
    {
        var page = await spa.Http.GetStringAsync("/", Cancelled);

        Assert.Equal(page, await spa.Http.GetStringAsync(path, Cancelled));
    }

    [Theory]
    [InlineData("/no-such-file.js")]
    [InlineData("/icons/no-such-icon.svg")]
    [InlineData("/favicon.ico")]
    public async Task A_file_that_is_not_there_is_not_the_page(string path)
    {
        using var response = await spa.Http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/contacts")]
    [InlineData("/auth/session")]
    public async Task What_belongs_to_the_BFF_is_not_the_page(string path)
    {
        using var response = await spa.Http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_page_is_not_for_posting_to()
    {
        using var response = await spa.Http.PostAsync("/people", content: null, Cancelled);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("/../Platform.Spa.Tests.dll")]
    [InlineData("/..%2fPlatform.Spa.Tests.dll")]
    [InlineData("/%2e%2e/Platform.Spa.Tests.dll")]
    [InlineData("/%2e%2e%2fPlatform.Spa.Tests.dll")]
    [InlineData("/scripts/..%5c..%5cPlatform.Spa.Tests.dll")]
    [InlineData("/scripts/../../Platform.Spa.Tests.dll")]
    [InlineData("//etc/passwd.txt")]
    public async Task Refuses_to_leave_its_folder(string target)
    {
        var status = await RawRequest.StatusAsync(spa.Address, target, Cancelled);

        Assert.Contains(status, (int[])[400, 404]);
    }

    [Fact]
    public async Task Everything_that_the_files_mention_is_there()
    {
        foreach (var file in Directory.GetFiles(SpaServer.Files, "*.*", SearchOption.AllDirectories))
        {
            var folder = new Uri(spa.Address, Path.GetRelativePath(SpaServer.Files, file));
            foreach (Match mention in Mentions().Matches(await File.ReadAllTextAsync(file, Cancelled)))
            {
                using var response = await spa.Http.GetAsync(new Uri(folder, mention.Groups[1].Value), Cancelled);
                Assert.True(response.IsSuccessStatusCode, $"{file} mentions {mention.Groups[1].Value}");
            }
        }
    }

    [GeneratedRegex("""["']((?:/|\./|\.\./)[\w/.-]+\.(?:js|css|svg))["']""")]
    private static partial Regex Mentions();
}
