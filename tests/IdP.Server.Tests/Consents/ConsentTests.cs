using System.Net;
using Platform.IdP.Authorize;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Consents;

public sealed class ConsentTests(ConsentServer server) : IClassFixture<ConsentServer>, IAsyncLifetime
{
    private Portal? _portal;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static AuthorizationRequest Shop(params string[] scopes) => WaitingRequest.Of(ConsentServer.Client, scopes);

    public async ValueTask InitializeAsync()
    {
        await ConsentSteps.ForgetAsync(server);
        _portal = new Portal(server);
    }

    public ValueTask DisposeAsync()
    {
        _portal?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Allowing_yields_a_code()
    {
        using var response = await AllowAsync(Shop("openid", "email"));

        var answer = WaitingRequest.Answer(response, ConsentServer.Client);
        Assert.Contains("code", answer.Keys);
        Assert.Equal("the state", answer["state"]);
    }

    [Fact]
    public async Task T7_Denying_answers_access_denied()
    {
        using var response = await _portal!.DecideAsync(await ConsentSteps.OpenFormAsync(server, _portal!, Shop()), "deny");

        var answer = WaitingRequest.Answer(response, ConsentServer.Client);
        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal("the state", answer["state"]);
        Assert.Equal(IdpServer.Issuer, answer["iss"]);
    }

    [Fact]
    public async Task What_was_allowed_is_not_asked_again()
    {
        using var _ = await AllowAsync(Shop("openid", "email"));

        using var response = await OpenAsync(Shop("email", "openid"));

        Assert.Contains("code", WaitingRequest.Answer(response, ConsentServer.Client).Keys);
    }

    [Fact]
    public async Task A_consent_ends_a_year_after_it_was_given()
    {
        using var _ = await AllowAsync(Shop());

        var lifetime = await server.Redis.Connection.GetDatabase().KeyTimeToLiveAsync(
            (await ConsentSteps.KeysAsync(server)).Single());

        Assert.InRange(lifetime!.Value, TimeSpan.FromDays(364), TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task A_scope_that_was_not_allowed_before_is_asked_for()
    {
        using var _ = await AllowAsync(Shop("openid"));

        await AsksAsync(Shop("openid", "email"));
    }

    [Fact]
    public async Task A_claim_that_was_not_allowed_before_is_asked_for()
    {
        using var _ = await AllowAsync(Shop("openid"));

        await AsksAsync(Shop("openid") with { Claims = """{"id_token":{"email":null}}""" });
    }

    [Fact]
    public async Task Prompt_consent_asks_even_the_operators_own_client()
    {
        using var _ = await AllowAsync(Shop());

        await AsksAsync(Shop() with { Prompts = ["consent"] });
        await AsksAsync(WaitingRequest.Of("plain") with { Prompts = ["consent"] });
    }

    [Fact]
    public async Task Access_in_absence_and_single_transactions_are_asked_for_each_time()
    {
        var offline = Shop("openid", "offline_access");
        var payment = Shop() with { AuthorizationDetails = """[{"type":"payment"}]""" };
        using var first = await AllowAsync(offline);

        await AsksAsync(offline);
        await AsksAsync(payment);
        await AllowSignedInAsync(payment);
        await AsksAsync(payment);
    }

    [Fact]
    public async Task T8_Prompt_none_without_consent_is_consent_required()
    {
        using var _ = await AllowAsync(Shop("openid"));

        using var known = await OpenAsync(Shop("openid") with { Prompts = ["none"] });
        using var unknown = await OpenAsync(Shop("openid", "email") with { Prompts = ["none"] });

        Assert.Contains("code", WaitingRequest.Answer(known, ConsentServer.Client).Keys);
        Assert.Equal("consent_required", WaitingRequest.Answer(unknown, ConsentServer.Client)["error"]);
    }

    [Fact]
    public async Task Threat16_A_form_of_another_browser_is_refused()
    {
        var form = await ConsentSteps.OpenFormAsync(server, _portal!, Shop());
        using var victim = new Portal(server);
        await victim.SignInAsync();

        using var response = await victim.DecideAsync(form, "allow");

        await ShowsOutdatedAsync(response);
    }

    [Fact]
    public async Task Threat16_A_form_without_its_token_is_refused()
    {
        var form = await ConsentSteps.OpenFormAsync(server, _portal!, Shop());

        using var response = await _portal!.DecideAsync(Portal.Change(form, ("form_token", null)), "allow");

        await ShowsOutdatedAsync(response);
    }

    [Fact]
    public async Task Threat16_Nothing_that_the_form_carries_changes_the_request()
    {
        var form = await ConsentSteps.OpenFormAsync(server, _portal!, Shop("openid"));

        using var response = await _portal!.DecideAsync(Portal.Change(form, ("scope", "openid contacts.read"),
            ("redirect_uri", "https://evil.test/"), ("response_type", "token"), ("client_id", "plain")), "allow");
        using var tokens = await _portal!.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = WaitingRequest.Answer(response, ConsentServer.Client)["code"],
            ["redirect_uri"] = "https://shop.test/callback",
            ["code_verifier"] = Portal.Verifier,
        }, "shop", "the-shop-has-a-secret-of-its-own");

        Assert.Equal("openid", (await Portal.Json(tokens)).GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Threat16_A_decision_that_is_neither_is_refused_and_the_request_waits()
    {
        var form = await ConsentSteps.OpenFormAsync(server, _portal!, Shop());

        using var response = await _portal!.DecideAsync(form, "maybe");
        using var allowed = await _portal!.DecideAsync(form, "allow");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("code", WaitingRequest.Answer(allowed, ConsentServer.Client).Keys);
    }

    [Fact]
    public async Task Threat16_Whoever_signs_in_meanwhile_is_asked_herself()
    {
        var form = await ConsentSteps.OpenFormAsync(server, _portal!, Shop());
        using var grace = await _portal!.SubmitAsync(
            await _portal!.OpenLoginAsync(await _portal!.PushAsync(("prompt", "login"))), "grace", "first-compiler");

        using var response = await _portal!.DecideAsync(form, "allow");

        Assert.StartsWith("/consent?request=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("Grace Hopper", await _portal!.Browser.GetStringAsync(response.Headers.Location, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_click_finds_the_request_complete()
    {
        var form = await ConsentSteps.OpenFormAsync(server, _portal!, Shop());
        using var first = await _portal!.DecideAsync(form, "allow");

        using var second = await _portal!.DecideAsync(form, "allow");

        await ShowsOutdatedAsync(second);
    }

    [Fact]
    public async Task The_page_can_be_reloaded_and_two_tabs_can_ask_at_once()
    {
        using var first = await ConsentSteps.OpenAsync(server, _portal!, Shop("openid"));
        using var redirect = await OpenAsync(Shop("email"));
        var firstForm = await _portal!.OpenFormAsync(first.RequestMessage!.RequestUri!.PathAndQuery);
        var secondForm = await _portal!.OpenFormAsync(redirect.Headers.Location!.OriginalString);

        using var second = await _portal!.DecideAsync(secondForm, "allow");
        using var answer = await _portal!.DecideAsync(firstForm, "allow");

        Assert.Contains("code", WaitingRequest.Answer(second, ConsentServer.Client).Keys);
        Assert.Contains("code", WaitingRequest.Answer(answer, ConsentServer.Client).Keys);
    }

    private async Task<HttpResponseMessage> AllowAsync(AuthorizationRequest request) =>
        await _portal!.DecideAsync(await ConsentSteps.OpenFormAsync(server, _portal!, request), "allow");

    private async Task AllowSignedInAsync(AuthorizationRequest request)
    {
        using var redirect = await OpenAsync(request);
        using var response = await _portal!.DecideAsync(
            await _portal!.OpenFormAsync(redirect.Headers.Location!.OriginalString), "allow");
        Assert.Contains("code", WaitingRequest.Answer(response, ConsentServer.Client).Keys);
    }

    private async Task<HttpResponseMessage> OpenAsync(AuthorizationRequest request) =>
        await _portal!.Browser.GetAsync(await server.StoreAsync(request), Cancelled);

    private async Task AsksAsync(AuthorizationRequest request)
    {
        using var response = await OpenAsync(request);
        Assert.StartsWith("/consent?request=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static async Task ShowsOutdatedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<code>invalid_request</code>", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }
}
