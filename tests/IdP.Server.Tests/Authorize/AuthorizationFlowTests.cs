using Platform.IdP.Authorize;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Authorize;

/// <summary>What a valid request asks of a person, and what the client is told when nobody can be asked.</summary>
public sealed class AuthorizationFlowTests(IdpServer server) : IClassFixture<IdpServer>
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";
    private const string Grace = "c84e9d27-1a6f-4e83-b0d5-93a7f2410e6c";
    private const string PasswordClass = "urn:platform:acr:password";

    private static AuthorizationRequest Plain => WaitingRequest.Of("plain");

    [Fact]
    public async Task T10_A_session_of_another_person_than_the_hinted_one_is_login_required_for_prompt_none()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();

        await AnswersAsync(portal, Plain with { HintedSubject = Grace, Prompts = ["none"] }, "error", "login_required");
        await AnswersAsync(portal, Plain with { HintedSubject = Ada, Prompts = ["none"] }, "code");
    }

    [Fact]
    public async Task T10_The_hinted_person_is_asked_to_sign_in_and_nobody_else_gets_through()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var request = Plain with { HintedSubject = Grace };

        using var other = await portal.SubmitAsync(await portal.OpenLoginAsync(await server.StoreAsync(request)));
        using var hinted = await portal.SubmitAsync(
            await portal.OpenLoginAsync(await server.StoreAsync(request)), "grace", "first-compiler");

        Assert.Equal("login_required", WaitingRequest.Answer(other, "plain")["error"]);
        Assert.Contains("code", WaitingRequest.Answer(hinted, "plain").Keys);
    }

    [Fact]
    public async Task T9_Prompt_login_counts_for_the_one_who_signed_in_and_for_no_other_session()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var address = await server.StoreAsync(WaitingRequest.Of("plain") with { Prompts = ["login", "consent"] });
        using var asked = await portal.SubmitLoginAsync(await portal.OpenLoginAsync(address));
        Assert.StartsWith("/consent?", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);

        using var another = new Portal(server);
        await another.SignInAsync();
        using var response = await another.Browser.GetAsync(address);

        Assert.StartsWith("/login?", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T9_Max_age_0_asks_once()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var form = await portal.OpenLoginAsync(await server.StoreAsync(Plain with { MaxAge = 0 }));
        using var response = await portal.SubmitAsync(form);

        Assert.Contains("code", WaitingRequest.Answer(response, "plain").Keys);
    }

    [Fact]
    public async Task Prompt_select_account_lets_the_person_go_on_as_herself()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var form = await OpenChoiceAsync(portal);

        using var response = await portal.Browser.PostAsync("/select-account", new FormUrlEncodedContent(form));

        Assert.Contains("code", WaitingRequest.Answer(response, "plain").Keys);
    }

    [Fact]
    public async Task Prompt_select_account_lets_the_person_sign_in_as_another()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var form = await OpenChoiceAsync(portal);

        var login = await portal.OpenFormAsync($"/login?request={form["request"]}");
        using var response = await portal.SubmitAsync(login, "grace", "first-compiler");

        Assert.Contains("code", WaitingRequest.Answer(response, "plain").Keys);
    }

    [Fact]
    public async Task Threat16_A_choice_from_another_browser_is_refused()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var form = await OpenChoiceAsync(portal);
        using var victim = new Portal(server);
        await victim.SignInAsync();

        using var response = await victim.Browser.PostAsync("/select-account", new FormUrlEncodedContent(form));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Prompt_select_account_without_a_session_is_the_login_page()
    {
        using var portal = new Portal(server);
        var form = await portal.OpenLoginAsync(await server.StoreAsync(Plain with { Prompts = ["select_account"] }));

        using var response = await portal.SubmitAsync(form);

        Assert.Contains("code", WaitingRequest.Answer(response, "plain").Keys);
    }

    [Theory]
    [InlineData("urn:unheard:of")]
    [InlineData("urn:platform:acr:mfa")]
    public async Task T11_An_essential_acr_that_cannot_be_reached_is_told_to_the_client(string name)
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();

        await AnswersAsync(portal, Plain with { EssentialClasses = [name] }, "error", "unmet_authentication_requirements");
    }

    [Fact]
    public async Task T11_An_essential_acr_that_the_session_has_and_voluntary_ones_yield_a_code()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();

        await AnswersAsync(portal, Plain with { EssentialClasses = ["urn:unheard:of", PasswordClass] }, "code");
        await AnswersAsync(portal, Plain with { AuthenticationClasses = ["urn:unheard:of"] }, "code");
    }

    private async Task<Dictionary<string, string>> OpenChoiceAsync(Portal portal)
    {
        using var redirect = await portal.Browser.GetAsync(await server.StoreAsync(Plain with { Prompts = ["select_account"] }));
        Assert.StartsWith("/select-account?request=", redirect.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return await portal.OpenFormAsync(redirect.Headers.Location.OriginalString);
    }

    private async Task AnswersAsync(Portal portal, AuthorizationRequest request, string name, string? value = null)
    {
        using var response = await portal.Browser.GetAsync(await server.StoreAsync(request));
        var answer = WaitingRequest.Answer(response, "plain");
        Assert.Contains(name, answer.Keys);
        Assert.Equal(value ?? answer[name], answer[name]);
    }
}
