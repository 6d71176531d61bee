using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Grants;
using Platform.IdP.Tests.Ciba;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.TokenExchange;

public sealed class IdTokenExchangeTests(ExchangeServer server) : IClassFixture<ExchangeServer>, IDisposable
{
    private readonly ExchangeClient _client = new(server);

    private AuthorizationGrantStore Grants => server.Services.GetRequiredService<AuthorizationGrantStore>();

    [Fact]
    public async Task A_client_exchanges_the_ID_token_of_its_user_for_what_the_policy_allows_of_the_grant()
    {
        var idToken = await _client.GetIdTokenAsync();

        using var response = await _client.ExchangeIdTokenAsync(idToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var issued = await Portal.Json(response);
        Assert.Equal(ExchangeClient.AccessToken, issued.GetProperty("issued_token_type").GetString());
        Assert.Equal("orders.read", issued.GetProperty("scope").GetString());
        Assert.False(issued.TryGetProperty("refresh_token", out _));
        var (former, claims) = (Portal.Claims(idToken), Portal.Claims(issued.AccessToken()));
        Assert.Equal(former.GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
        Assert.Equal(former.GetProperty("grant_id").GetString(), claims.GetProperty("grant_id").GetString());
        Assert.Equal(ExchangeServer.Orders, claims.GetProperty("aud").GetString());
        Assert.Equal("""{"sub":"shop"}""", claims.GetProperty("act").GetRawText());
    }

    [Fact]
    public async Task Only_clients_that_may_exchange_have_the_grant_in_their_ID_tokens()
    {
        using var bank = new CibaClient(server);
        var begun = await bank.BeginAsync();
        (await bank.DecideAsync(begun, "allow")).Dispose();

        Assert.False(Portal.Claims((await Portal.Json(await bank.PollAsync(begun))).IdToken()).TryGetProperty("grant_id", out _));
    }

    [Theory]
    [InlineData("iss", "https://other.test")]
    [InlineData("aud", "orders")]
    [InlineData("sub", "c84e9d27-1a6f-4e83-b0d5-93a7f2410e6c")]
    [InlineData("sub", null)]
    [InlineData("grant_id", "unheard-of")]
    [InlineData("grant_id", null)]
    [InlineData("exp", null)]
    public async Task An_ID_token_with_a_fault_is_an_invalid_request(string claim, string? value)
    {
        var token = _client.ChangeIdToken(await _client.GetIdTokenAsync(), claims =>
        {
            claims.Remove(claim);
            if (value is not null)
            {
                claims[claim] = value;
            }
        });

        await RefusedAsync(await _client.ExchangeIdTokenAsync(token), "invalid_request");
    }

    [Fact]
    public async Task An_ID_token_that_has_expired_is_an_invalid_request()
    {
        var token = _client.ChangeIdToken(
            await _client.GetIdTokenAsync(), claims => claims["exp"] = server.Clock.GetUtcNow().ToUnixTimeSeconds());

        await RefusedAsync(await _client.ExchangeIdTokenAsync(token), "invalid_request");
    }

    [Fact]
    public async Task A_token_of_another_key_or_type_is_no_ID_token()
    {
        var token = await _client.GetIdTokenAsync();
        using var stranger = SigningKey.Create(JwsAlgorithm.ES256);
        var claims = System.Text.Json.Nodes.JsonNode.Parse(Portal.Claims(token).GetRawText())!.AsObject();

        await RefusedAsync(await _client.ExchangeIdTokenAsync(Jwt.Sign(stranger, "JWT", claims)), "invalid_request");
        await RefusedAsync(await _client.ExchangeIdTokenAsync(_client.Change(token, _ => { })), "invalid_request");
        await RefusedAsync(await _client.ExchangeIdTokenAsync(await _client.GetSubjectTokenAsync()), "invalid_request");
        await RefusedAsync(
            await _client.ExchangeIdTokenAsync(token, ("subject_token_type", ExchangeClient.AccessToken)), "invalid_request");
    }

    [Fact]
    public async Task The_right_to_exchange_dies_with_the_grant()
    {
        var token = await _client.GetIdTokenAsync();
        await Grants.RevokeAsync(Portal.Claims(token).GetProperty("grant_id").GetString()!);

        await RefusedAsync(await _client.ExchangeIdTokenAsync(token), "invalid_request");
    }

    [Theory]
    [InlineData("5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", "shop", null)]
    [InlineData("nobody-any-more", "shop", "invalid_request")]
    [InlineData("5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", "orders", "invalid_request")]
    public async Task The_grant_is_of_this_client_and_of_a_user_who_is_there(string subject, string clientId, string? error)
    {
        var grant = await SaveAsync(subject, clientId);
        var token = _client.ChangeIdToken(await _client.GetIdTokenAsync(), claims =>
        {
            claims["sub"] = subject;
            claims["grant_id"] = grant.Id;
        });

        using var response = await _client.ExchangeIdTokenAsync(token);

        Assert.Equal(error, (await Portal.Json(response)).TryGetProperty("error", out var told) ? told.GetString() : null);
    }

    [Fact]
    public async Task A_public_client_shows_nothing_by_an_ID_token()
    {
        var grant = await SaveAsync("5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", "kiosk");
        var token = _client.ChangeIdToken(await _client.GetIdTokenAsync(), claims =>
        {
            claims["aud"] = "kiosk";
            claims["grant_id"] = grant.Id;
        });

        await RefusedAsync(
            await _client.ExchangeIdTokenAsync(token, ("client_id", "kiosk"), ("client_secret", null)), "invalid_request");
    }

    [Theory]
    [InlineData("openid orders.read stock.read", "audience", ExchangeServer.Stock, "invalid_target")]
    [InlineData("openid stock.read", "audience", ExchangeServer.Orders, "invalid_target")]
    [InlineData("openid orders.read", "scope", "stock.read", "invalid_scope")]
    public async Task A_target_or_scope_beyond_policy_or_grant_is_refused(
        string granted, string name, string value, string error) =>
        await RefusedAsync(await _client.ExchangeIdTokenAsync(await _client.GetIdTokenAsync(granted), (name, value)), error);

    [Fact]
    public async Task A_grant_for_one_resource_yields_no_token_for_another() => await RefusedAsync(
        await _client.ExchangeIdTokenAsync(await _client.GetIdTokenAsync(resource: ExchangeServer.Stock)), "invalid_target");

    [Fact]
    public async Task An_ID_token_names_no_actor() => await RefusedAsync(
        await _client.ExchangeIdTokenAsync(await _client.GetIdTokenAsync(),
            ("actor_token", await _client.GetIdTokenAsync()), ("actor_token_type", ExchangeClient.IdToken)),
        "invalid_request");

    [Fact]
    public async Task A_client_that_the_policy_does_not_name_exchanges_no_ID_token() => await RefusedAsync(
        await _client.ExchangeIdTokenAsync(await _client.GetIdTokenAsync(), ("client_id", "stranger")), "unauthorized_client");

    public void Dispose() => _client.Dispose();

    private async Task<AuthorizationGrant> SaveAsync(string subject, string clientId)
    {
        var grant = new AuthorizationGrant
        {
            Id = Handle.New(),
            ClientId = clientId,
            Subject = subject,
            Scopes = ["openid", "orders.read"],
            AuthenticatedAt = server.Clock.GetUtcNow(),
        };
        await Grants.SaveAsync(grant);
        return grant;
    }

    private static Task RefusedAsync(HttpResponseMessage response, string error) => CibaClient.AssertRefusedAsync(response, error);
}
