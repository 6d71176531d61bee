using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Grants;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Ciba;
using Platform.IdP.Tests.Running;
using Platform.IdP.Tests.SenderConstraint;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.TokenExchange;

public sealed class TokenExchangeTests(ExchangeServer server) : IClassFixture<ExchangeServer>, IDisposable
{
    private readonly ExchangeClient _client = new(server);

    [Fact]
    public async Task T65_The_new_token_is_of_the_same_person_for_the_target_alone_and_says_who_acts()
    {
        var subjectToken = await _client.GetSubjectTokenAsync();

        using var response = await _client.ExchangeAsync(subjectToken, ("audience", ExchangeServer.Stock));

        var issued = await Portal.Json(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(ExchangeClient.AccessToken, issued.GetProperty("issued_token_type").GetString());
        Assert.Equal("Bearer", issued.GetProperty("token_type").GetString());
        Assert.Equal("stock.read", issued.GetProperty("scope").GetString());
        Assert.False(issued.TryGetProperty("refresh_token", out _));
        Assert.False(issued.TryGetProperty("id_token", out _));
        var (former, claims) = (Portal.Claims(subjectToken), Portal.Claims(issued.GetProperty("access_token").GetString()!));
        Assert.Equal(former.GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
        Assert.Equal(former.GetProperty("grant_id").GetString(), claims.GetProperty("grant_id").GetString());
        Assert.Equal(ExchangeServer.Stock, claims.GetProperty("aud").GetString());
        Assert.Equal("orders", claims.GetProperty("client_id").GetString());
        Assert.Equal("""{"sub":"orders"}""", claims.GetProperty("act").GetRawText());
    }

    [Fact]
    public async Task T65_Who_acts_now_stands_around_those_who_acted_before()
    {
        var token = _client.Change(await _client.GetSubjectTokenAsync(),
            claims => claims["act"] = new JsonObject { ["sub"] = "first", ["act"] = new JsonObject { ["sub"] = "zeroth" } });

        var claims = await _client.GetAsync(token);

        Assert.Equal("""{"sub":"orders","act":{"sub":"first","act":{"sub":"zeroth"}}}""", claims.GetProperty("act").GetRawText());
    }

    [Fact]
    public async Task T65_A_chain_of_more_than_eight_actors_is_refused()
    {
        var chain = Enumerable.Range(0, 8).Aggregate((JsonObject?)null, (inner, number) =>
        {
            var link = new JsonObject { ["sub"] = $"{number}" };
            if (inner is not null)
            {
                link["act"] = inner;
            }

            return link;
        });
        var token = _client.Change(await _client.GetSubjectTokenAsync(), claims => claims["act"] = chain);

        await RefusedAsync(await _client.ExchangeAsync(token), "invalid_request");
    }

    [Fact]
    public async Task T65_The_actor_is_whom_the_actor_token_names()
    {
        var actorToken = await _client.GetServiceTokenAsync("orders");

        var claims = await _client.GetAsync(await _client.GetSubjectTokenAsync(),
            ("actor_token", actorToken), ("actor_token_type", ExchangeClient.AccessToken));

        Assert.Equal("""{"sub":"orders"}""", claims.GetProperty("act").GetRawText());
    }

    [Theory]
    [InlineData("orders", null, true)]
    [InlineData("orders", IdpServer.Issuer, true)]
    [InlineData("gateway", null, false)]
    [InlineData("orders", "https://other.test", false)]
    public async Task T65_Who_may_act_is_whom_the_subjects_token_names(string sub, string? iss, bool allowed)
    {
        var token = _client.Change(await _client.GetSubjectTokenAsync(), claims =>
        {
            claims["may_act"] = new JsonObject { ["sub"] = sub };
            if (iss is not null)
            {
                claims["may_act"]!["iss"] = iss;
            }
        });

        using var response = await _client.ExchangeAsync(token);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Impersonation_takes_a_client_that_may_and_leaves_an_actor_that_is_named()
    {
        var subjectToken = await _client.GetSubjectTokenAsync();

        var alone = await _client.GetAsync(subjectToken, ("client_id", "gateway"));
        var named = await _client.GetAsync(subjectToken, ("client_id", "gateway"),
            ("actor_token", await _client.GetServiceTokenAsync("gateway")), ("actor_token_type", ExchangeClient.AccessToken));

        Assert.False(alone.TryGetProperty("act", out _));
        Assert.Equal("gateway", named.GetProperty("act").GetProperty("sub").GetString());
    }

    [Fact]
    public async Task The_new_token_dies_with_the_grant_and_so_does_the_right_to_exchange()
    {
        var subjectToken = await _client.GetSubjectTokenAsync();
        await server.Services.GetRequiredService<AuthorizationGrantStore>()
            .RevokeAsync(Portal.Claims(subjectToken).GetProperty("grant_id").GetString()!);

        await RefusedAsync(await _client.ExchangeAsync(subjectToken), "invalid_request");
    }

    [Theory]
    [InlineData("subject_token", null)]
    [InlineData("subject_token", "no token")]
    [InlineData("subject_token_type", null)]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:saml2")]
    [InlineData("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token")]
    [InlineData("actor_token_type", ExchangeClient.AccessToken)]
    [InlineData("actor_token", "no type")]
    public async Task T66_A_request_with_a_fault_is_an_invalid_request(string name, string? value) => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync(), (name, value)), "invalid_request");

    [Theory]
    [InlineData("urn:ietf:params:oauth:token-type:saml2")]
    [InlineData(ExchangeClient.AccessToken)]
    public async Task T66_A_bad_actor_token_is_an_invalid_request(string type) => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync(), ("actor_token", "no token"), ("actor_token_type", type)),
        "invalid_request");

    [Fact]
    public async Task T66_An_actor_token_of_another_client_is_an_invalid_request() => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync(),
            ("actor_token", await _client.GetServiceTokenAsync("gateway")), ("actor_token_type", ExchangeClient.AccessToken)),
        "invalid_request");

    [Fact]
    public async Task T66_A_token_of_another_issuer_or_key_or_type_or_past_its_time_is_an_invalid_request()
    {
        var token = await _client.GetSubjectTokenAsync();
        using var stranger = SigningKey.Create(JwsAlgorithm.ES256);
        var claims = JsonNode.Parse(Portal.Claims(token).GetRawText())!.AsObject();

        await RefusedAsync(await _client.ExchangeAsync(Jwt.Sign(stranger, "at+jwt", claims)), "invalid_request");
        await RefusedAsync(await _client.ExchangeAsync(
            Jwt.Sign(server.Services.GetRequiredService<SigningKeys>().Tokens, "JWT", claims)), "invalid_request");
        await RefusedAsync(await _client.ExchangeAsync(_client.Change(token, changed => changed["iss"] = "https://other.test")), "invalid_request");
        await RefusedAsync(await _client.ExchangeAsync(
            _client.Change(token, changed => changed["exp"] = server.Clock.GetUtcNow().ToUnixTimeSeconds())), "invalid_request");
    }

    [Fact]
    public async Task T66_A_clients_own_token_is_no_subject() => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetServiceTokenAsync("orders")), "invalid_request");

    [Fact]
    public async Task T66_A_token_that_was_neither_issued_nor_sent_to_the_client_is_an_invalid_request() => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync("openid stock.read")), "invalid_request");

    [Theory]
    [InlineData("jkt")]
    [InlineData("x5t#S256")]
    [InlineData("unheard-of")]
    public async Task T66_A_token_that_is_bound_to_a_key_is_refused_without_it(string member)
    {
        var token = _client.Change(await _client.GetSubjectTokenAsync(),
            claims => claims["cnf"] = new JsonObject { [member] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" });

        await RefusedAsync(await _client.ExchangeAsync(token), "invalid_request");
    }

    [Fact]
    public async Task T66_A_token_of_a_DPoP_key_is_exchanged_by_who_holds_it_alone_and_the_new_one_is_bound_to_it()
    {
        using var key = new ProofKey(server);
        using var other = new ProofKey(server);
        var token = await _client.GetSubjectTokenAsync(key: key);
        Assert.Equal(key.Thumbprint, Portal.Claims(token).GetProperty("cnf").GetProperty("jkt").GetString());

        await RefusedAsync(await _client.ExchangeAsync(token), "invalid_request");
        _client.Show(other);
        await RefusedAsync(await _client.ExchangeAsync(token), "invalid_request");
        _client.Show(key);
        var claims = await _client.GetAsync(token);

        Assert.Equal(key.Thumbprint, claims.GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Theory]
    [InlineData("audience", ExchangeServer.Orders)]
    [InlineData("audience", "urn:test:unheard-of")]
    [InlineData("resource", ExchangeServer.Orders)]
    public async Task T66_A_target_that_the_policy_does_not_name_is_an_invalid_target(string name, string target) =>
        await RefusedAsync(await _client.ExchangeAsync(await _client.GetSubjectTokenAsync(), (name, target)), "invalid_target");

    [Fact]
    public async Task T66_A_target_of_which_the_token_has_no_scope_is_an_invalid_target() => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync("openid orders.read"), ("audience", ExchangeServer.Stock)),
        "invalid_target");

    [Theory]
    [InlineData("stock.read stock.write")]
    [InlineData("orders.read")]
    [InlineData("unheard.of")]
    public async Task A_scope_beyond_the_token_or_the_target_is_an_invalid_scope(string scope) => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync(), ("scope", scope)), "invalid_scope");

    [Fact]
    public async Task A_client_that_the_policy_does_not_name_exchanges_nothing() => await RefusedAsync(
        await _client.ExchangeAsync(await _client.GetSubjectTokenAsync(), ("client_id", "stranger")), "unauthorized_client");

    [Fact]
    public async Task A_client_exchanges_its_own_token_for_a_smaller_one()
    {
        var claims = await _client.GetAsync(await _client.GetSubjectTokenAsync(), ("client_id", "shop"));

        Assert.Equal("orders.read", claims.GetProperty("scope").GetString());
        Assert.Equal(ExchangeServer.Orders, claims.GetProperty("aud").GetString());
    }

    public void Dispose() => _client.Dispose();

    private static Task RefusedAsync(HttpResponseMessage response, string error) => CibaClient.AssertRefusedAsync(response, error);
}
