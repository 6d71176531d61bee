using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Ciba;

public sealed class SignedRequestTests(CibaServer server) : IClassFixture<CibaServer>, IDisposable
{
    private readonly CibaClient _signer = new(server, "signer");

    [Theory]
    [InlineData("oauth-authz-req+jwt", "30")]
    [InlineData("JWT", 30)]
    public async Task A_signed_request_is_taken_with_its_expiry_as_text_or_number(string type, object expiry)
    {
        var claims = Claims();
        claims["requested_expiry"] = JsonValue.Create(expiry);
        claims["nbf"] = Seconds(TimeSpan.FromSeconds(8));

        var begun = await BeginAsync(Jwt.Sign(server.Key, type, claims));

        Assert.Equal(30, begun);
    }

    [Fact]
    public async Task The_audience_may_be_one_of_several()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray("https://other.test", IdpServer.Issuer);

        Assert.Equal(300, await BeginAsync(Jwt.Sign(server.Key, "JWT", claims)));
    }

    [Theory]
    [InlineData("iss", null)]
    [InlineData("iss", "bank")]
    [InlineData("aud", null)]
    [InlineData("aud", "https://other.test")]
    [InlineData("exp", null)]
    [InlineData("exp", -11)]
    [InlineData("exp", 70 * 60)]
    [InlineData("iat", null)]
    [InlineData("iat", 600)]
    [InlineData("nbf", null)]
    [InlineData("nbf", 600)]
    [InlineData("nbf", -70 * 60)]
    [InlineData("jti", null)]
    [InlineData("jti", "")]
    [InlineData("client_id", "bank")]
    [InlineData("request", "x.y.z")]
    [InlineData("request_uri", "urn:x")]
    [InlineData("login_hint_token", "x.y.z")]
    public async Task T31_A_signed_request_with_a_bad_claim_is_refused(string name, object? value)
    {
        var claims = Claims();
        claims.Remove(name);
        claims[name] = value switch
        {
            null => null,
            int seconds => Seconds(TimeSpan.FromSeconds(seconds)),
            _ => (string)value,
        };
        if (value is null)
        {
            claims.Remove(name);
        }

        await RefusedAsync(Jwt.Sign(server.Key, "JWT", claims));
    }

    [Fact]
    public async Task T30_A_key_or_algorithm_that_is_not_the_clients_is_refused()
    {
        using var stranger = SigningKey.Create(JwsAlgorithm.ES256);

        await RefusedAsync(Jwt.Sign(stranger, "JWT", Claims()));
        await RefusedAsync(Jwt.Sign(server.RsaKey, "JWT", Claims()));
        await RefusedAsync("eyJhbGciOiJub25lIn0." + Jwt.Sign(server.Key, "JWT", Claims()).Split('.')[1] + ".");
    }

    [Fact]
    public async Task T17_A_token_of_another_type_is_no_request() => await RefusedAsync(Jwt.Sign(server.Key, "dpop+jwt", Claims()));

    [Fact]
    public async Task A_signed_request_is_taken_once()
    {
        var request = Jwt.Sign(server.Key, "JWT", Claims());
        await BeginAsync(request);

        await RefusedAsync(request);
    }

    [Fact]
    public async Task Nothing_stands_beside_a_signed_request() => await CibaClient.AssertRefusedAsync(
        await _signer.PostAsync("/bc-authorize", ("request", Jwt.Sign(server.Key, "JWT", Claims())), ("scope", "openid")),
        "invalid_request");

    [Fact]
    public async Task A_client_that_is_registered_for_signed_requests_must_sign() =>
        await CibaClient.AssertRefusedAsync(await _signer.AskAsync(), "invalid_request");

    [Fact]
    public async Task A_client_without_keys_cannot_sign()
    {
        using var bank = new CibaClient(server);

        await CibaClient.AssertRefusedAsync(
            await bank.PostAsync("/bc-authorize", ("request", Jwt.Sign(server.Key, "JWT", Claims()))), "invalid_request");
    }

    public void Dispose() => _signer.Dispose();

    private async Task<int> BeginAsync(string request)
    {
        using var response = await _signer.PostAsync("/bc-authorize", ("request", request));
        return (await Portal.Json(response)).GetProperty("expires_in").GetInt32();
    }

    private async Task RefusedAsync(string request) =>
        await CibaClient.AssertRefusedAsync(await _signer.PostAsync("/bc-authorize", ("request", request)), "invalid_request");

    private JsonObject Claims() => new()
    {
        ["iss"] = "signer",
        ["aud"] = IdpServer.Issuer,
        ["exp"] = Seconds(TimeSpan.FromMinutes(5)),
        ["iat"] = Seconds(TimeSpan.Zero),
        ["nbf"] = Seconds(TimeSpan.Zero),
        ["jti"] = Guid.NewGuid().ToString(),
        ["scope"] = "openid",
        ["login_hint"] = "ada",
        ["binding_message"] = "1234",
    };

    private long Seconds(TimeSpan fromNow) => (server.Clock.GetUtcNow() + fromNow).ToUnixTimeSeconds();
}
