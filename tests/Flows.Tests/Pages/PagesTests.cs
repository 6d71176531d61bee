using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Flows.Tests.Pages;

public sealed partial class PagesTests : IAsyncLifetime
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;
    private FlowsServer _flows = null!;

    public async ValueTask InitializeAsync()
    {
        _flows = await FlowsServer.StartAsync();
        foreach (var name in (string[])["sign-in", "refusal", "revocation", "call", "files"])
        {
            _flows.Traces.Add(Recordings.Spans(name));
        }
    }

    public ValueTask DisposeAsync() => _flows.DisposeAsync();

    [Theory]
    [InlineData("", new[] { "Sign-in", "Revocation", "Sign-in" })]
    [InlineData("?kind=revocation", new[] { "Revocation" })]
    [InlineData("?kind=Call", new[] { "Forwarded call: GET /api/contacts" })]
    [InlineData("?outcome=Refused&all=true", new[] { "Sign-in", "Forwarded call: GET /api/contacts" })]
    [InlineData("?kind=nonsense&outcome=7", new[] { "Sign-in", "Revocation", "Sign-in" })]
    public async Task The_list_shows_what_is_asked_for_the_newest_first(string query, string[] titles)
    {
        var page = await _flows.Http.GetStringAsync("/" + query, _cancelled);
        using var json = JsonDocument.Parse(await _flows.Http.GetStringAsync("/flows.json" + query, _cancelled));

        Assert.Equal(titles, Title().Matches(page).Select(match => match.Groups["title"].Value));
        Assert.Equal(titles, json.RootElement.EnumerateArray().Select(flow => flow.GetProperty("title").GetString()));
        Assert.Equal(titles.Length, (await _flows.Http.GetStringAsync("/flows.txt" + query, _cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Any_trace_of_a_flow_finds_it()
    {
        foreach (var trace in Recordings.Flow("sign-in").Traces)
        {
            using var redirect = await _flows.Http.GetAsync($"/traces/{trace}", _cancelled);
            Assert.Equal($"/flows/{trace}", redirect.Headers.Location!.OriginalString);
            Assert.Contains("POST /par", await _flows.Http.GetStringAsync($"/flows/{trace}", _cancelled), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".svg")]
    [InlineData(".txt")]
    [InlineData(".json")]
    public async Task A_trace_that_is_not_here_is_a_404(string form)
    {
        using var answer = await _flows.Http.GetAsync($"/flows/{new string('f', 32)}{form}", _cancelled);
        using var odd = await _flows.Http.GetAsync($"/flows/..%2F..%2Fetc{form}", _cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, odd.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/flows/ID")]
    [InlineData("/flows/ID.svg")]
    [InlineData("/flows.js")]
    public async Task No_page_has_script_or_style_that_its_policy_does_not_name(string path)
    {
        using var answer = await _flows.Http.GetAsync(path.Replace("ID", Recordings.Flow("sign-in").Id, StringComparison.Ordinal), _cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var body = await answer.Content.ReadAsStringAsync(_cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.DoesNotMatch("<script(?! type=\"module\" src=\"/flows.js\")| style=\"| on[a-z]+=\"|https?://(?!localhost|www.w3.org|schemas.openid.net)", body);
        Assert.All(Style().Matches(body), style => Assert.Contains(
            Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style.Groups["text"].Value))), policy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_page_is_told_of_what_comes()
    {
        await using var changes = await _flows.Http.GetStreamAsync("/changes", _cancelled);
        await using var told = SseParser.Create(changes).EnumerateAsync(_cancelled).GetAsyncEnumerator(_cancelled);
        Assert.True(await told.MoveNextAsync());
        var before = long.Parse(told.Current.Data, System.Globalization.CultureInfo.InvariantCulture);

        _flows.Traces.Add([Spans.Request(1, "bff", "/auth/login")]);

        Assert.True(await told.MoveNextAsync());
        Assert.Equal(("changed", before + 1), (told.Current.EventType, long.Parse(told.Current.Data, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex("""<td class="title"><a[^>]*>(?<title>[^<]*)<""")]
    private static partial Regex Title();

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
