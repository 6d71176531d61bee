using System.Net;
using System.Text.RegularExpressions;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Logout;

public sealed partial class FrontchannelLogoutTests(LogoutServer server) : IClassFixture<LogoutServer>
{
    private const string Home = "https://front.test/";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pages_of_the_clients_are_loaded_with_iss_and_sid_and_then_the_person_goes_back()
    {
        using var visitor = new Visitor(server);
        var idToken = await visitor.SignInAsync("front");
        await visitor.SignInAsync("front-query");
        await visitor.SignInAsync("silent");

        using var response = await visitor.SignOutAsync(idToken, Home, "a&b\"c");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(Cancelled);
        var sid = Visitor.Claims(idToken).GetProperty("sid").GetString();
        var parameters = $"iss={Uri.EscapeDataString(IdpServer.Issuer)}&sid={sid}";
        Assert.Equal([$"{server.Origin}/front?{parameters}", $"https://query.test/front?tenant=a%26b&{parameters}"], Frames(page));
        Assert.Equal($"2;url={Home}?state=a%26b%22c", Attribute(page, RefreshPattern()));
        Assert.Equal($"{Home}?state=a%26b%22c", Attribute(page, ContinuePattern()));
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task The_page_may_load_the_clients_origins_and_no_others_and_runs_no_script()
    {
        using var visitor = new Visitor(server);
        var idToken = await visitor.SignInAsync("front");
        await visitor.SignInAsync("front-query");

        using var response = await visitor.SignOutAsync(idToken, Home);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.EndsWith($"; frame-src {server.Origin} https://query.test", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_to_go_back_to_the_page_stays()
    {
        using var visitor = new Visitor(server);
        using var response = await visitor.SignOutAsync(await visitor.SignInAsync("front"), null);

        var page = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.Single(Frames(page));
        Assert.Contains("You are signed out", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_such_clients_the_person_goes_back_at_once()
    {
        using var visitor = new Visitor(server);
        using var response = await visitor.SignOutAsync(await visitor.SignInAsync("silent"), "https://silent.test/?of=mine", "s");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("https://silent.test/?of=mine&state=s", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task T62_Metadata_says_that_clients_are_told()
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync("/.well-known/openid-configuration", Cancelled);
        var metadata = await Portal.Json(response);

        Assert.All(
            ["backchannel_logout_supported", "backchannel_logout_session_supported",
                "frontchannel_logout_supported", "frontchannel_logout_session_supported"],
            (string member) => Assert.True(metadata.GetProperty(member).GetBoolean()));
    }

    private static List<string> Frames(string page) =>
        [.. FramePattern().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    private static string Attribute(string page, Regex pattern) => WebUtility.HtmlDecode(pattern.Match(page).Groups[1].Value);

    [GeneratedRegex("<iframe src=\"([^\"]+)\"")]
    private static partial Regex FramePattern();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"([^\"]+)\"")]
    private static partial Regex RefreshPattern();

    [GeneratedRegex("id=\"continue\" class=\"primary\" href=\"([^\"]+)\"")]
    private static partial Regex ContinuePattern();
}
