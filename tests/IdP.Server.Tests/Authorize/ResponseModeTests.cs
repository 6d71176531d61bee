using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Authorize;

public sealed class ResponseModeTests(AuthorizeServer server) : IClassFixture<AuthorizeServer>
{
    private const string FormPolicy = "form-action https://plain.test; script-src 'sha256-";

    [Fact]
    public async Task T71_A_form_post_answer_goes_to_the_client_alone_with_code_state_and_iss()
    {
        using var portal = new Portal(server);
        using var response = await portal.SubmitAsync(
            await portal.OpenLoginAsync(Portal.PlainAddress(("response_mode", "form_post"))));

        var form = await FormAsync(response);
        Assert.Equal(["code", "state", "iss"], form.Keys);
        Assert.Equal("the state", form["state"]);
        Assert.Equal(IdpServer.Issuer, form["iss"]);
        Assert.Contains(FormPolicy, Policy(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T71_A_form_post_error_carries_state_and_iss()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("response_mode", "form_post"), ("prompt", "none")));

        var form = await FormAsync(response);
        Assert.Equal(["error", "error_description", "state", "iss"], form.Keys);
        Assert.Equal("login_required", form["error"]);
    }

    [Fact]
    public async Task A_refused_request_is_answered_in_the_mode_that_it_asked_for()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("response_mode", "form_post"), ("scope", "unheard.of")));

        Assert.Equal("invalid_scope", (await FormAsync(response))["error"]);
    }

    [Fact]
    public async Task The_only_script_of_the_form_is_the_one_that_the_policy_names()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("response_mode", "form_post"), ("prompt", "none")));
        var page = await response.Content.ReadAsStringAsync();

        var script = page.Split("<script>")[1].Split("</script>")[0];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.EndsWith($"script-src 'sha256-{hash}'", Policy(response), StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<script").Length);
        Assert.Contains("<button type=\"submit\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_cannot_leave_its_input()
    {
        const string State = "\"><script>alert(1)</script>";
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(
            Portal.PlainAddress(("response_mode", "form_post"), ("prompt", "none"), ("state", State)));

        Assert.Equal(2, (await response.Content.ReadAsStringAsync()).Split("<script").Length);
        Assert.Equal(State, (await FormAsync(response))["state"]);
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("query.jwt")]
    public async Task T34_A_signed_answer_names_issuer_client_and_expiry(string mode)
    {
        using var portal = new Portal(server);
        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(Portal.PlainAddress(("response_mode", mode))));

        var answer = Portal.Answer(response, Portal.PlainRedirectUri);
        Assert.Equal(["response"], answer.Keys);
        var claims = Verify(answer["response"]);
        Assert.Equal(IdpServer.Issuer, claims.GetProperty("iss").GetString());
        Assert.Equal("plain", claims.GetProperty("aud").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - server.Clock.GetUtcNow().ToUnixTimeSeconds(), 1, 600);
        Assert.Equal("the state", claims.GetProperty("state").GetString());
        Assert.False(string.IsNullOrEmpty(claims.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task T34_An_error_is_signed_too()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("response_mode", "jwt"), ("prompt", "none")));

        var claims = Verify(Portal.Answer(response, Portal.PlainRedirectUri)["response"]);
        Assert.Equal("login_required", claims.GetProperty("error").GetString());
        Assert.Equal("the state", claims.GetProperty("state").GetString());
        Assert.Equal("plain", claims.GetProperty("aud").GetString());
    }

    [Fact]
    public async Task T34_A_signed_answer_can_be_posted()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("response_mode", "form_post.jwt"), ("prompt", "none")));

        var form = await FormAsync(response);
        Assert.Equal(["response"], form.Keys);
        Assert.Equal("login_required", Verify(form["response"]).GetProperty("error").GetString());
    }

    [Fact]
    public async Task T34_No_state_comes_back_where_none_was_sent()
    {
        using var browser = server.NewClient();
        using var signed = await browser.GetAsync(
            Portal.PlainAddress(("response_mode", "jwt"), ("prompt", "none"), ("state", null)));
        using var plain = await browser.GetAsync(Portal.PlainAddress(("prompt", "none"), ("state", null)));

        Assert.False(Verify(Portal.Answer(signed, Portal.PlainRedirectUri)["response"]).TryGetProperty("state", out _));
        Assert.DoesNotContain("state", Portal.Answer(plain, Portal.PlainRedirectUri).Keys);
    }

    [Theory]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "code id_token")]
    public async Task T35_No_token_travels_in_a_signed_query(string name, string value)
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Portal.PlainAddress(("response_mode", "query.jwt"), (name, value)));

        var claims = Verify(Portal.Answer(response, Portal.PlainRedirectUri)["response"]);
        Assert.Equal("unsupported_response_type", claims.GetProperty("error").GetString());
    }

    [Fact]
    public async Task T79_A_client_of_signed_answers_gets_them_without_asking()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Signed(("prompt", "none")));

        Assert.Equal("login_required", await ErrorOfAsync(response));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("form_post")]
    public async Task T79_A_client_of_signed_answers_gets_no_other(string mode)
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Signed(("response_mode", mode)));

        Assert.Equal("invalid_request", await ErrorOfAsync(response));
    }

    [Fact]
    public async Task T34_An_answer_is_signed_as_the_client_has_registered()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(Signed(("client_id", "signed-ps256"), ("prompt", "none")));

        var jwt = Portal.Answer(response, AuthorizeServer.SignedRedirectUri)["response"];
        Assert.Equal("login_required", Verify(jwt, JwsAlgorithm.PS256).GetProperty("error").GetString());
    }

    private static string Signed(params (string Name, string? Value)[] changes) => Portal.PlainAddress(
        [("client_id", "signed"), ("redirect_uri", AuthorizeServer.SignedRedirectUri), .. changes]);

    private Task<string?> ErrorOfAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var answer = QueryHelpers.ParseQuery(response.Headers.Location!.Query);
        Assert.Equal(["response"], answer.Keys);
        return Task.FromResult(Verify(answer["response"]!).GetProperty("error").GetString());
    }

    private JsonElement Verify(string jwt, JwsAlgorithm algorithm = JwsAlgorithm.ES256) => Assert.IsType<JwsCheck.Valid>(Jws.Verify(
        jwt, server.Services.GetRequiredService<SigningKeys>().Published, new JwsRules(["JWT"], [algorithm]))).Payload;

    private static string Policy(HttpResponseMessage response) =>
        response.Headers.GetValues("Content-Security-Policy").Single();

    private static async Task<Dictionary<string, string>> FormAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"action=\"{Portal.PlainRedirectUri}\"", page, StringComparison.Ordinal);
        return Portal.HiddenInputs(page);
    }
}
