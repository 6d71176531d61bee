using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.IdP.Tests.Account;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Passkeys;

public sealed partial class PasskeyTests(IdpServer server) : IClassFixture<IdpServer>, IAsyncLifetime
{
    private readonly Portal _portal = new(server);
    private readonly SoftwareAuthenticator _authenticator = new("idp.test", IdpServer.Issuer);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await AccountSteps.ForgetAsync(server);

    public ValueTask DisposeAsync()
    {
        _portal.Dispose();
        _authenticator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Signs_in_alone_and_counts_as_two_factors()
    {
        await AddAsync();
        using var another = new Portal(server);

        using var response = await UseAsync(another, await OpenAsync(another));
        using var tokens = await another.RedeemAsync(Portal.Answer(response)["code"]);

        var claims = Portal.Claims((await Portal.Json(tokens)).GetProperty("id_token").GetString()!);
        Assert.Equal("urn:platform:acr:mfa", claims.GetProperty("acr").GetString());
        Assert.Equal(["hwk", "mfa"], claims.GetProperty("amr").EnumerateArray().Select(method => method.GetString()));
        Assert.Equal("Ada Lovelace", claims.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Is_asked_for_after_the_password_of_whoever_has_one()
    {
        await AddAsync();
        using var another = new Portal(server);
        using var password = await another.SubmitLoginAsync(await another.OpenLoginAsync(await another.PushAsync()));
        var factor = await another.Browser.GetStringAsync(password.Headers.Location, Cancelled);
        Assert.Contains("Use your passkey", factor, StringComparison.Ordinal);

        var page = await another.Browser.GetStringAsync("/login/passkey" + password.Headers.Location!.OriginalString["/login/factor".Length..], Cancelled);
        using var response = await UseAsync(another, page);

        Assert.Contains("code", Portal.Answer(response).Keys);
    }

    [Fact]
    public async Task Of_another_person_is_no_second_factor()
    {
        await AddAsync();
        using var grace = new Portal(server);
        await SetUpGraceAsync(grace);
        using var another = new Portal(server);
        using var password = await another.SubmitLoginAsync(
            await another.OpenLoginAsync(await another.PushAsync()), "grace", "first-compiler");

        var page = await another.Browser.GetStringAsync("/login/passkey" + password.Headers.Location!.OriginalString["/login/factor".Length..], Cancelled);
        using var response = await UseAsync(another, page);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        await AddAsync();
        using var another = new Portal(server);
        var page = await OpenAsync(another);
        var credential = _authenticator.Get(Options(page));
        using var first = await PostAsync(another, page, credential);
        Assert.Contains("code", Portal.Answer(first).Keys);

        using var third = new Portal(server);
        var fresh = await OpenAsync(third);
        using var again = await PostAsync(third, fresh, credential);

        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Theory]
    [InlineData("https://idp.test.evil.test")]
    [InlineData("https://sub.idp.test")]
    [InlineData("http://idp.test")]
    public async Task Threat12_An_answer_from_another_origin_is_refused(string origin)
    {
        await AddAsync();
        _authenticator.Origin = origin;
        using var another = new Portal(server);

        using var response = await UseAsync(another, await OpenAsync(another));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task That_nobody_has_signs_nobody_in()
    {
        await AddAsync();
        using var stranger = new SoftwareAuthenticator("idp.test", IdpServer.Issuer);
        using var another = new Portal(server);
        var page = await OpenAsync(another);

        using var response = await PostAsync(another, page, stranger.Get(Options(page)));
        using var nonsense = await PostAsync(another, await OpenAsync(another), "{}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nonsense.StatusCode);
    }

    [Fact]
    public async Task Once_removed_it_signs_nobody_in()
    {
        await AddAsync();
        var account = await _portal.Browser.GetStringAsync("/account", Cancelled);
        var id = PasskeyId().Match(account).Groups[1].Value;

        using var removed = await _portal.PostAsync("/account/passkey/remove", account, ("passkey", id));
        using var another = new Portal(server);
        using var response = await UseAsync(another, await OpenAsync(another));

        Assert.Equal("/account?done=passkey-removed", removed.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.NotEmpty(await another.GetCodeAsync());
    }

    [Fact]
    public async Task Threat15_Its_page_runs_the_one_script_of_this_server()
    {
        using var another = new Portal(server);
        using var redirect = await another.Browser.GetAsync(Portal.PlainAddress(), Cancelled);
        using var page = await another.Browser.GetAsync("/login/passkey" + redirect.Headers.Location!.OriginalString["/login".Length..], Cancelled);
        using var script = await another.Browser.GetAsync("/passkey.js", Cancelled);

        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<script type=\"module\" src=\"/passkey.js\"></script>", await page.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_passkey_is_told_with_its_model_when_it_comes_and_when_it_goes()
    {
        _authenticator.Model = Guid.NewGuid();
        await AddAsync();
        var page = await _portal.Browser.GetStringAsync("/account", Cancelled);
        using var removed = await _portal.PostAsync("/account/passkey/remove", page, ("passkey", Portal.HiddenInputs(page)["passkey"]));

        foreach (var change in new[] { "create", "delete" })
        {
            var told = await NextPasskeyAsync();
            Assert.Equal(change, told.Text("change_type"));
            Assert.Equal("My laptop", told.Text("friendly_name"));
            Assert.Equal(_authenticator.Model.ToString(), told.Text("fido2_aaguid"));
        }
    }

    private async Task<JsonElement> NextPasskeyAsync()
    {
        while (true)
        {
            var told = (await server.Topic.NextAsync("credential-change", "")).Event().Value;
            if (told.Text("credential_type") == "fido2-platform" && told.TryGetProperty("fido2_aaguid", out _))
                return told;
        }
    }

    private async Task AddAsync()
    {
        var page = await _portal.OpenAsync("/account/passkey");
        using var response = await _portal.PostAsync("/account/passkey", page, ("name", "My laptop"),
            ("ceremony", Portal.HiddenInputs(page)["ceremony"]), ("credential", _authenticator.Create(Options(page))));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("My laptop", await _portal.Browser.GetStringAsync("/account", Cancelled), StringComparison.Ordinal);
    }

    private static async Task SetUpGraceAsync(Portal grace)
    {
        using var own = new SoftwareAuthenticator("idp.test", IdpServer.Issuer);
        using var begin = await grace.Browser.GetAsync("/account/passkey", Cancelled);
        using var login = await grace.Browser.GetAsync(begin.Headers.Location, Cancelled);
        using var _ = await grace.SubmitLoginAsync(
            Portal.HiddenInputs(await login.Content.ReadAsStringAsync(Cancelled)), "grace", "first-compiler");
        var page = await grace.Browser.GetStringAsync("/account/passkey", Cancelled);
        using var added = await grace.PostAsync("/account/passkey", page, ("name", "Hers"),
            ("ceremony", Portal.HiddenInputs(page)["ceremony"]), ("credential", own.Create(Options(page))));
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
    }

    /// <summary>Goes from the login page to the passkey page.</summary>
    private static async Task<string> OpenAsync(Portal portal)
    {
        var form = await portal.OpenLoginAsync(await portal.PushAsync());
        return await portal.Browser.GetStringAsync($"/login/passkey?request={form["request"]}");
    }

    private Task<HttpResponseMessage> UseAsync(Portal portal, string page) =>
        PostAsync(portal, page, _authenticator.Get(Options(page)));

    private static Task<HttpResponseMessage> PostAsync(Portal portal, string page, string credential) =>
        portal.Browser.PostAsync("/login/passkey", new FormUrlEncodedContent(
            Portal.Change(Portal.HiddenInputs(page), ("credential", credential))));

    private static string Options(string page) => WebUtility.HtmlDecode(OptionsPattern().Match(page).Groups[1].Value);

    [GeneratedRegex("data-options=\"([^\"]+)\"")]
    private static partial Regex OptionsPattern();

    [GeneratedRegex("name=\"passkey\" value=\"([^\"]+)\"")]
    private static partial Regex PasskeyId();
}
