using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.PushedRequests;

public sealed class PushedRequestTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task T24_Answers_with_a_request_uri_and_its_lifetime()
    {
        using var portal = new Portal(server);
        using var response = await portal.PostAsync("/par", Portal.Request());

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var answer = await Portal.Json(response);
        Assert.StartsWith("urn:ietf:params:oauth:request_uri:", answer.GetProperty("request_uri").GetString(), StringComparison.Ordinal);
        Assert.InRange(answer.GetProperty("expires_in").GetInt32(), 5, 599);
    }

    [Theory]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request")]
    [InlineData("redirect_uri", "https://evil.test/", "invalid_request")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("client_id", "plain", "invalid_request")]
    [InlineData("scope", "sessions.revoke", "invalid_scope")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    public async Task T25_T77_Refuses_what_authorize_would_refuse(string name, string? value, string error)
    {
        using var portal = new Portal(server);
        using var response = await portal.PostAsync("/par", Portal.Request((name, value)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task T26_Refuses_a_client_that_does_not_authenticate()
    {
        using var portal = new Portal(server);
        using var response = await portal.PostAsync("/par", Portal.Request(), secret: "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_client", (await Portal.Json(response)).GetProperty("error").GetString());
        Assert.Equal("Basic", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task T26_Refuses_GET()
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync("/par");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task T26_Refuses_a_body_that_is_too_large()
    {
        using var portal = new Portal(server);

        // Or the refusal would break off the connection that the body is still being sent on.
        portal.Backchannel.DefaultRequestHeaders.ExpectContinue = true;
        using var response = await portal.PostAsync("/par", Portal.Request(("more", new string('x', 70_000))));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task T27_A_request_uri_works_again_until_the_login_is_complete()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync();
        await portal.OpenLoginAsync(address);

        var form = await portal.OpenLoginAsync(address);

        using var response = await portal.SubmitAsync(form);
        Assert.Contains("code", Portal.Answer(response).Keys);
    }

    [Fact]
    public async Task T27_A_request_uri_that_was_used_gets_a_page()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync();
        using var _ = await portal.SubmitAsync(await portal.OpenLoginAsync(address));

        await ShowsInvalidRequestUriAsync(portal, address);
    }

    [Fact]
    public async Task T27_Threat4_One_request_uri_yields_one_code()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync();
        var first = await portal.OpenLoginAsync(address);
        var second = await portal.OpenLoginAsync(address);
        using var _ = await portal.SubmitAsync(first);

        using var response = await portal.SubmitAsync(second);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("invalid_request_uri", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T27_A_request_uri_that_has_expired_gets_a_page()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(90));

        await ShowsInvalidRequestUriAsync(portal, address);
    }

    [Fact]
    public async Task T27_Threat4_A_request_uri_of_another_client_gets_a_page()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync();

        await ShowsInvalidRequestUriAsync(portal, address.Replace("bff-server", "plain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task T28_Other_parameters_are_not_merged_into_a_pushed_request()
    {
        using var portal = new Portal(server);
        var address = await portal.PushAsync() + "&state=other&redirect_uri=https%3A%2F%2Fevil.test&prompt=none";

        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(address));

        Assert.Equal("the state", Portal.Answer(response)["state"]);
    }

    private static async Task ShowsInvalidRequestUriAsync(Portal portal, string address)
    {
        using var response = await portal.Browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<code>invalid_request_uri</code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
