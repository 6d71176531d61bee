using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Logout;

public sealed class LogoutTests(IdpServer server) : IClassFixture<IdpServer>
{
    private const string Home = IdpServer.Portal + "/";

    [Fact]
    public async Task Signs_out_at_once_with_the_ID_token_of_the_session_even_when_it_has_expired()
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        server.Clock.Advance(TimeSpan.FromHours(2));

        using var response = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(Home)}&state=a+b");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(Home + "?state=a%20b", response.Headers.Location!.OriginalString);
        await IsSignedOutAsync(portal);
    }

    [Fact]
    public async Task Shows_a_page_when_no_address_was_asked_for()
    {
        using var portal = new Portal(server);
        using var response = await portal.Browser.GetAsync($"/end_session?id_token_hint={await SignInAsync(portal)}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("You are signed out", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await IsSignedOutAsync(portal);
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("https://portal.test")]
    [InlineData("https://portal.test/auth/callback")]
    [InlineData("https://plain.test/")]
    public async Task T80_An_address_that_is_not_registered_gets_a_page(string address)
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        using var response = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(address)}");

        await ShowsAsync(response, "is not registered");
    }

    [Fact]
    public async Task T80_A_hint_that_was_tampered_with_gets_a_page()
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        using var response = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={hint[..^4]}AAAA&post_logout_redirect_uri={Uri.EscapeDataString(Home)}");

        await ShowsAsync(response, "id_token_hint");
    }

    [Fact]
    public async Task T80_An_access_token_is_no_hint()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString();
        using var response = await portal.Browser.GetAsync($"/end_session?id_token_hint={token}");

        await ShowsAsync(response, "id_token_hint");
    }

    [Fact]
    public async Task An_address_without_a_client_gets_a_page()
    {
        using var portal = new Portal(server);
        using var response = await portal.Browser.GetAsync($"/end_session?post_logout_redirect_uri={Uri.EscapeDataString(Home)}");

        await ShowsAsync(response, "client_id");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("unknown")]
    public async Task A_client_id_that_does_not_fit_gets_a_page(string clientId)
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        using var response = await portal.Browser.GetAsync($"/end_session?id_token_hint={hint}&client_id={clientId}");

        await ShowsAsync(response, "client");
    }

    [Fact]
    public async Task T80_Without_a_hint_the_person_is_asked_and_never_redirected()
    {
        using var portal = new Portal(server);
        await SignInAsync(portal);
        using var question = await portal.Browser.GetAsync(
            $"/end_session?client_id=bff-server&post_logout_redirect_uri={Uri.EscapeDataString(Home)}");
        Assert.Equal(HttpStatusCode.OK, question.StatusCode);
        var page = await question.Content.ReadAsStringAsync();
        Assert.Contains("Sign out?", page, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self'", question.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var response = await portal.Browser.PostAsync("/end_session/confirm", new FormUrlEncodedContent(Portal.HiddenInputs(page)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var signedOut = await response.Content.ReadAsStringAsync();
        Assert.Contains("You are signed out", signedOut, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", signedOut, StringComparison.Ordinal);

        // The person may go there, though.
        Assert.Contains($"href=\"{Home}\"", signedOut, StringComparison.Ordinal);
        await IsSignedOutAsync(portal);
    }

    [Fact]
    public async Task T80_Without_a_hint_and_a_session_there_is_no_redirect_either()
    {
        using var portal = new Portal(server);
        using var response = await portal.Browser.GetAsync(
            $"/end_session?client_id=bff-server&post_logout_redirect_uri={Uri.EscapeDataString(Home)}&state=s");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("You are signed out", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=only")]
    [InlineData("?ui_locales=fr%20en&logout_hint=ada")]
    public async Task Without_a_hint_and_an_address_the_person_is_asked_and_told_that_it_is_done(string query)
    {
        using var portal = new Portal(server);
        await SignInAsync(portal);
        using var question = await portal.Browser.GetAsync("/end_session" + query);
        var form = Portal.HiddenInputs(await question.Content.ReadAsStringAsync());

        using var response = await portal.Browser.PostAsync("/end_session/confirm", new FormUrlEncodedContent(form));

        Assert.Contains("You are signed out", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await IsSignedOutAsync(portal);
    }

    [Theory]
    [InlineData("""!"#$%&'()*,-./:;<=>?@[\]^_`{|}~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ""")]
    [InlineData("a+b c")]
    public async Task Any_state_comes_back_exactly(string state)
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        using var response = await portal.Browser.GetAsync($"/end_session?id_token_hint={hint}&ui_locales=de&logout_hint=ada" +
            $"&post_logout_redirect_uri={Uri.EscapeDataString(Home)}&state={Uri.EscapeDataString(state)}");

        var answer = Portal.Answer(response, Home);
        Assert.Equal(["state"], answer.Keys);
        Assert.Equal(state, answer["state"]);
    }

    [Fact]
    public async Task No_state_comes_back_where_none_was_sent()
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        using var response = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(Home)}");

        Assert.Equal(Home, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Asks_when_the_hint_is_of_another_session()
    {
        using var other = new Portal(server);
        using var portal = new Portal(server);
        var hint = await SignInAsync(other);
        await SignInAsync(portal);

        using var question = await portal.Browser.GetAsync($"/end_session?id_token_hint={hint}");

        Assert.Contains("Sign out?", await question.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T16_A_confirmation_from_elsewhere_is_refused()
    {
        using var attacker = new Portal(server);
        using var victim = new Portal(server);
        await SignInAsync(attacker);
        await SignInAsync(victim);
        using var question = await attacker.Browser.GetAsync("/end_session");
        var form = Portal.HiddenInputs(await question.Content.ReadAsStringAsync());

        using var response = await victim.Browser.PostAsync("/end_session/confirm", new FormUrlEncodedContent(form));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var still = await victim.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")));
        Assert.Contains("code", Portal.Answer(still, Portal.PlainRedirectUri).Keys);
    }

    [Fact]
    public async Task Accepts_a_request_by_POST()
    {
        using var portal = new Portal(server);
        var hint = await SignInAsync(portal);
        using var posted = await portal.Browser.PostAsync("/end_session",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["id_token_hint"] = hint }));
        Assert.Equal(HttpStatusCode.SeeOther, posted.StatusCode);

        using var response = await portal.Browser.GetAsync(posted.Headers.Location);

        Assert.Contains("You are signed out", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await IsSignedOutAsync(portal);
    }

    private static async Task<string> SignInAsync(Portal portal) => (await portal.SignInAsync()).GetProperty("id_token").GetString()!;

    private static async Task IsSignedOutAsync(Portal portal)
    {
        using var response = await portal.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")));
        Assert.Equal("login_required", Portal.Answer(response, Portal.PlainRedirectUri)["error"]);
    }

    private static async Task ShowsAsync(HttpResponseMessage response, string text)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
