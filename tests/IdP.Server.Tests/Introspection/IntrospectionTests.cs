using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Introspection;

public sealed class IntrospectionTests(TokenServer server) : IClassFixture<TokenServer>
{
    private const string JwtType = "application/token-introspection+jwt";

    [Theory]
    [InlineData("app")]
    [InlineData("opaque-app")]
    public async Task A_client_may_know_all_of_its_own_access_token(string clientId)
    {
        using var app = new App(server, clientId);
        var scope = "openid profile calendar.read";
        var tokens = await app.SignInAsync(scope);

        var answer = await IntrospectAsync(app, tokens.AccessToken());

        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.Equal(scope, answer.GetProperty("scope").GetString());
        Assert.Equal(clientId, answer.GetProperty("client_id").GetString());
        Assert.Equal(IdpServer.Issuer, answer.GetProperty("iss").GetString());
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
        Assert.Equal(Portal.Claims(tokens.IdToken()).GetProperty("sub").GetString(), answer.GetProperty("sub").GetString());
        Assert.Equal([IdpServer.Issuer, TokenServer.Calendar],
            answer.GetProperty("aud").EnumerateArray().Select(audience => audience.GetString()));
        Assert.Equal(3600, answer.GetProperty("exp").GetInt64() - answer.GetProperty("iat").GetInt64());
        Assert.NotEmpty(answer.GetProperty("jti").GetString()!);
        Assert.False(answer.TryGetProperty("grant_id", out _));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("opaque-app")]
    public async Task A_resource_server_may_know_what_concerns_it(string clientId)
    {
        using var app = new App(server, clientId);
        using var api = new App(server, "calendar-api");
        var tokens = await app.SignInAsync("openid profile calendar.read");

        var answer = await IntrospectAsync(api, tokens.AccessToken());

        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.Equal("calendar.read", answer.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_resource_server_sees_the_authorization_details_that_name_it()
    {
        using var app = new App(server);
        using var api = new App(server, "calendar-api");
        const string Details = """[{"type":"booking","actions":["see"]},{"type":"visit","locations":["https://elsewhere.test/"]}]""";
        using var response = await app.PostAsync("/token", new()
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "calendar.read",
            ["authorization_details"] = Details,
        });
        var token = (await App.OkAsync(response)).AccessToken();

        Assert.Equal("""[{"type":"booking","actions":["see"]}]""",
            (await IntrospectAsync(api, token)).GetProperty("authorization_details").GetRawText());
        Assert.Equal(Details, (await IntrospectAsync(app, token)).GetProperty("authorization_details").GetRawText());
    }

    [Fact]
    public async Task T60_A_token_for_another_resource_server_is_inactive()
    {
        using var app = new App(server);
        using var api = new App(server, "calendar-api");
        var tokens = await app.SignInAsync("openid contacts.read");

        await AssertIsInactiveAsync(api, tokens.AccessToken());
    }

    [Fact]
    public async Task A_client_may_know_its_own_refresh_token_until_it_is_used()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();

        var answer = await IntrospectAsync(app, tokens.RefreshToken());
        using var refresh = await app.RefreshAsync(tokens.RefreshToken());

        Assert.Equal(App.AllScopes, answer.GetProperty("scope").GetString());
        Assert.Equal("app", answer.GetProperty("client_id").GetString());
        Assert.True(answer.GetProperty("exp").GetInt64() > server.Clock.GetUtcNow().ToUnixTimeSeconds());
        await AssertIsInactiveAsync(app, tokens.RefreshToken());
        Assert.True((await IntrospectAsync(app, (await App.OkAsync(refresh)).RefreshToken())).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-token")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task T60_What_is_no_token_is_inactive_and_nothing_else(string token)
    {
        using var app = new App(server);
        if (token.Length > 0)
        {
            await AssertIsInactiveAsync(app, token);
            return;
        }

        using var response = await app.PostAsync("/introspect", []);
        await App.RefusesAsync(response, "invalid_request");
    }

    [Theory]
    [InlineData("app")]
    [InlineData("opaque-app")]
    public async Task T60_A_token_that_has_expired_is_inactive(string clientId)
    {
        using var app = new App(server, clientId);
        var token = (await app.SignInAsync("openid calendar.read")).AccessToken();
        server.Clock.Advance(TimeSpan.FromHours(1));

        await AssertIsInactiveAsync(app, token);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("opaque-app")]
    public async Task T60_A_token_whose_session_has_ended_is_inactive(string clientId)
    {
        using var app = new App(server, clientId);
        var tokens = await app.SignInAsync("openid calendar.read");
        using var logout = await app.Portal.Browser.GetAsync($"/end_session?id_token_hint={tokens.IdToken()}");

        await AssertIsInactiveAsync(app, tokens.AccessToken());
    }

    [Fact]
    public async Task T70_An_ID_token_is_inactive()
    {
        using var app = new App(server);
        await AssertIsInactiveAsync(app, (await app.SignInAsync()).IdToken());
    }

    [Fact]
    public async Task T60_Without_authentication_it_is_refused()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).AccessToken();
        using var client = server.NewClient();

        using var anonymous = await client.PostAsync("/introspect", Form(("token", token)));
        using var named = await client.PostAsync("/introspect", Form(("token", token), ("client_id", "app")));
        using var open = await client.PostAsync("/introspect", Form(("token", token), ("client_id", "spa")));

        await App.RefusesAsync(anonymous, "invalid_client", HttpStatusCode.Unauthorized);
        await App.RefusesAsync(named, "invalid_client", HttpStatusCode.Unauthorized);
        await App.RefusesAsync(open, "invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/introspect", new StringContent("{}", null, "application/json"));
        using var get = await client.GetAsync("/introspect?token=x");

        await App.RefusesAsync(response, "invalid_request");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    [Theory]
    [InlineData("calendar-api", JwsAlgorithm.ES256, true)]
    [InlineData("signed-api", JwsAlgorithm.PS256, false)]
    public async Task T61_The_answer_is_a_JWT_where_the_client_asks_or_is_registered_for_it(
        string api, JwsAlgorithm algorithm, bool asks)
    {
        using var app = new App(server);
        using var caller = new App(server, api);
        var token = (await app.SignInAsync()).AccessToken();

        foreach (var (presented, isActive) in new[] { (token, true), ("no-such-token", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/introspect") { Content = Form(("token", presented)) };
            request.Headers.Authorization = Portal.Basic(api, TokenServer.AppSecret);
            if (asks)
            {
                request.Headers.Accept.Add(new(JwtType));
            }

            using var response = await caller.Portal.Backchannel.SendAsync(request);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(JwtType, response.Content.Headers.ContentType!.MediaType);
            var claims = Verify(await response.Content.ReadAsStringAsync(), await KeysAsync(caller), algorithm);
            Assert.Equal(["iss", "aud", "iat", "token_introspection"], claims.EnumerateObject().Select(member => member.Name));
            Assert.Equal(IdpServer.Issuer, claims.GetProperty("iss").GetString());
            Assert.Equal(api, claims.GetProperty("aud").GetString());
            Assert.Equal(isActive, claims.GetProperty("token_introspection").GetProperty("active").GetBoolean());
        }
    }

    private static JsonElement Verify(string jwt, JsonWebKeySet keys, JwsAlgorithm algorithm) =>
        Assert.IsType<JwsCheck.Valid>(Jws.Verify(jwt, keys, new JwsRules(["token-introspection+jwt"], [algorithm]))).Payload;

    private static async Task<JsonWebKeySet> KeysAsync(App app) =>
        JsonWebKeySet.Parse(await app.Portal.Backchannel.GetByteArrayAsync("/jwks"));

    private static async Task<JsonElement> IntrospectAsync(App app, string token)
    {
        using var response = await app.PostAsync("/introspect", new() { ["token"] = token });
        Assert.True(response.Headers.CacheControl!.NoStore);
        return await App.OkAsync(response);
    }

    private static async Task AssertIsInactiveAsync(App app, string token) =>
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(app, token)).GetRawText());

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] parameters) =>
        new(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
}
