using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Authorize;

public sealed class AuthorizeRefusalTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Theory]
    [InlineData("https://evil.test/callback")]
    [InlineData("https://plain.test/callback/")]
    [InlineData("https://plain.test/Callback")]
    [InlineData("https://plain.test/callback?x=1")]
    [InlineData("https://plain.test:443/callback")]
    [InlineData("https://plain.test/callback#fragment")]
    [InlineData("https://plain.test@evil.test/callback")]
    [InlineData("https://plain.test/callback/%2f..")]
    [InlineData("https://plain.test\\@evil.test/callback")]
    [InlineData("http://plain.test/callback")]
    [InlineData("https://PLAIN.test/callback")]
    [InlineData(null)]
    public async Task T1_T2_Threat9_A_foreign_redirect_uri_gets_a_page(string? redirectUri) =>
        await ShowsErrorAsync(Portal.PlainAddress(("redirect_uri", redirectUri)), "invalid_request");

    [Theory]
    [InlineData("unknown")]
    [InlineData(null)]
    public async Task T1_An_unknown_client_gets_a_page(string? clientId) =>
        await ShowsErrorAsync(Portal.PlainAddress(("client_id", clientId)), "invalid_request");

    [Theory]
    [InlineData("&state=2")]
    [InlineData("&redirect_uri=https%3A%2F%2Fevil.test")]
    [InlineData("&client_id=bff-server")]
    public async Task T4_A_repeated_parameter_gets_a_page(string more) =>
        await ShowsErrorAsync(Portal.PlainAddress() + more, "invalid_request");

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "openid contacts.read", "invalid_scope")]
    [InlineData("scope", "openid unheard.of", "invalid_scope")]
    [InlineData("registration", "{}", "registration_not_supported")]
    [InlineData("response_mode", "fragment.jwt", "invalid_request")]
    [InlineData("response_mode", "web_message", "invalid_request")]
    [InlineData("claims", "[]", "invalid_request")]
    [InlineData("claims", "{\"id_token\":[]}", "invalid_request")]
    [InlineData("id_token_hint", "e30.e30.e30", "invalid_request")]
    [InlineData("dpop_jkt", "short", "invalid_request")]
    [InlineData("authorization_details", "[{\"type\":\"payment\"}]", "invalid_authorization_details")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "none consent", "invalid_request")]
    [InlineData("prompt", "sometimes", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "a while", "invalid_request")]
    public async Task T3_T5_T71_T77_A_wrong_parameter_is_told_to_the_client(string name, string? value, string error) =>
        await TellsClientAsync(Portal.PlainAddress((name, value)), error);

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge", "too-short")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    public async Task T21_PKCE_with_S256_is_demanded(string name, string? value) =>
        await TellsClientAsync(Portal.PlainAddress((name, value)), "invalid_request");

    [Theory]
    [InlineData("relative")]
    [InlineData("https://plain.test/#fragment")]
    [InlineData("urn:platform:contacts-api#")]
    [InlineData("https://unknown.test/")]
    public async Task T69_A_resource_that_is_none_is_invalid_target(string resource) =>
        await TellsClientAsync(Portal.PlainAddress(("resource", resource)), "invalid_target");

    [Fact]
    public async Task T69_Each_of_several_resources_is_checked() =>
        await TellsClientAsync(
            Portal.PlainAddress(("resource", IdpServer.Issuer)) + "&resource=https%3A%2F%2Funknown.test", "invalid_target");

    [Fact]
    public async Task T29_A_client_that_must_push_its_requests_cannot_do_without() =>
        await TellsClientAsync(
            Portal.PlainAddress(("client_id", "bff-server"), ("redirect_uri", Portal.RedirectUri)),
            "invalid_request", Portal.RedirectUri);

    [Fact]
    public async Task T8_Prompt_none_without_a_session_is_login_required() =>
        await TellsClientAsync(Portal.PlainAddress(("prompt", "none")), "login_required");

    [Fact]
    public async Task T75_A_nonce_that_is_too_long_is_refused_and_not_cut() =>
        await TellsClientAsync(Portal.PlainAddress(("nonce", new string('n', 513))), "invalid_request");

    [Fact]
    public async Task A_state_that_is_too_long_gets_a_page() =>
        await ShowsErrorAsync(Portal.PlainAddress(("state", new string('s', 2049))), "invalid_request");

    [Fact]
    public async Task An_answer_keeps_the_query_of_the_redirect_uri()
    {
        const string RedirectUri = "https://plain.test/callback?dummy1=lorem&dummy2=ipsum";
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("redirect_uri", RedirectUri), ("prompt", "none")));

        Assert.StartsWith(RedirectUri + "&error=login_required", response.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
    }

    private async Task TellsClientAsync(string address, string error, string redirectUri = Portal.PlainRedirectUri)
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(address);

        var answer = Portal.Answer(response, redirectUri);
        Assert.Equal(error, answer["error"]);
        Assert.Equal("the state", answer["state"]);
        Assert.Equal(IdpServer.Issuer, answer["iss"]);
    }

    private async Task ShowsErrorAsync(string address, string error)
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<code>{error}</code>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"correlation\"", page, StringComparison.Ordinal);
    }
}
