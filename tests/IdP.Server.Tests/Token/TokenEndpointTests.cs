using System.Net;
using System.Net.Http.Headers;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class TokenEndpointTests(IdpServer server) : IClassFixture<IdpServer>
{
    private static readonly Dictionary<string, string> ClientCredentials = new() { ["grant_type"] = "client_credentials" };

    [Fact]
    public async Task T19_Client_credentials_yield_an_access_token_and_nothing_else()
    {
        using var portal = new Portal(server);
        using var response = await PostAsAdminAsync(portal, ClientCredentials);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var tokens = await Portal.Json(response);
        Assert.Contains("sessions.revoke", tokens.GetProperty("scope").GetString()!.Split(' '));
        Assert.False(tokens.TryGetProperty("refresh_token", out _));
        Assert.False(tokens.TryGetProperty("id_token", out _));
        var claims = Portal.Claims(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(IdpServer.Issuer, claims.GetProperty("aud").GetString());
        Assert.Equal("admin-cli", claims.GetProperty("sub").GetString());
        Assert.Equal("admin-cli", claims.GetProperty("client_id").GetString());
        Assert.False(claims.TryGetProperty("sid", out _));
    }

    [Theory]
    [InlineData("openid")]
    [InlineData("sessions.revoke contacts.read")]
    public async Task T5_Client_credentials_with_a_foreign_scope_are_refused(string scope)
    {
        using var portal = new Portal(server);
        using var response = await PostAsAdminAsync(portal, new(ClientCredentials) { ["scope"] = scope });

        await RefusesAsync(response, HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Fact]
    public async Task T12_Refuses_GET()
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync("/token?grant_type=client_credentials");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task T12_Refuses_a_body_that_is_no_form(string type)
    {
        using var client = server.NewClient();
        var content = new StringContent("grant_type=client_credentials");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await client.PostAsync("/token", content);

        await RefusesAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task T4_Refuses_a_repeated_parameter()
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/token", new StringContent(
            "grant_type=client_credentials&grant_type=client_credentials", null, "application/x-www-form-urlencoded"));

        await RefusesAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("refresh_token", "unauthorized_client")]
    [InlineData("authorization_code", "unauthorized_client")]
    public async Task T17_Refuses_a_grant_that_is_not_there_or_not_for_this_client(string? grantType, string error)
    {
        using var portal = new Portal(server);
        using var response = await PostAsAdminAsync(portal, Portal.Change(ClientCredentials, ("grant_type", grantType)));

        await RefusesAsync(response, HttpStatusCode.BadRequest, error);
    }

    [Theory]
    [InlineData("admin-cli", "wrong")]
    [InlineData("unknown", IdpServer.AdminSecret)]
    [InlineData("plain", IdpServer.PlainSecret)]
    public async Task T13_Refuses_a_wrong_secret_an_unknown_client_and_another_method_alike(string clientId, string secret)
    {
        using var portal = new Portal(server);
        using var response = await portal.PostAsync("/token", ClientCredentials, clientId, secret);

        await RefusesAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal("Basic", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("Client authentication failed.", (await Portal.Json(response)).GetProperty("error_description").GetString());
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRtaW4tY2xp")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic /zpzZWNyZXQ=")]
    [InlineData("Basic YWRtaW4tY2xpOiV6eg==")]
    [InlineData("Bearer abc")]
    [InlineData("Digest username=\"admin-cli\"")]
    public async Task T14_Refuses_a_malformed_header(string header)
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token") { Content = new FormUrlEncodedContent(ClientCredentials) };
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await client.SendAsync(request);

        await RefusesAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task T13_Refuses_two_methods_in_one_request()
    {
        using var portal = new Portal(server);
        using var response = await PostAsAdminAsync(portal, new(ClientCredentials)
        {
            ["client_id"] = "admin-cli",
            ["client_secret"] = IdpServer.AdminSecret,
        });

        await RefusesAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task T13_Refuses_a_client_id_that_differs_from_the_header()
    {
        using var portal = new Portal(server);
        using var response = await PostAsAdminAsync(portal, new(ClientCredentials) { ["client_id"] = "bff-server" });

        await RefusesAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task T18_Refuses_a_client_that_does_not_authenticate()
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/token",
            new FormUrlEncodedContent(new Dictionary<string, string>(ClientCredentials) { ["client_id"] = "admin-cli" }));

        await RefusesAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task Accepts_a_secret_in_the_form_from_a_client_that_is_registered_for_it()
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>(ClientCredentials)
        {
            ["client_id"] = "plain",
            ["client_secret"] = IdpServer.PlainSecret,
        }));

        // Authenticated: what is refused is the grant.
        await RefusesAsync(response, HttpStatusCode.BadRequest, "unauthorized_client");
    }

    private static Task<HttpResponseMessage> PostAsAdminAsync(Portal portal, Dictionary<string, string> form) =>
        portal.PostAsync("/token", form, "admin-cli", IdpServer.AdminSecret);

    private static async Task RefusesAsync(HttpResponseMessage response, HttpStatusCode status, string error)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }
}
