using System.Net;
using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public sealed class SignInCompletionTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task O6_R12_uses_no_token_of_an_answer_with_another_nonce()
    {
        _portal.Provider.IdToken = claims =>
        {
            claims["nonce"] = "another";
            claims.Remove("name"); // which would be asked for with the access token
        };

        await _portal.AssertRefusedAsync("id_token_refused", HttpStatusCode.BadGateway);

        Assert.Empty(_portal.Provider.UserInfoRequests);
    }

    [Theory]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "another-client")]
    [InlineData("azp", "another-client")]
    [InlineData("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonce", null)]
    public async Task O1_O2_O3_O6_O8_refuses_a_wrong_ID_token(string claim, string? value)
    {
        _portal.Provider.IdToken = claims => claims[claim] = value;
        await _portal.AssertRefusedAsync("id_token_refused", HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData("id_token", null)]
    [InlineData("access_token", null)]
    [InlineData("token_type", "DPoP")]
    [InlineData("token_type", null)]
    public async Task Refuses_a_token_response_that_lacks_something(string member, string? value)
    {
        _portal.Provider.TokenResponse = response => response[member] = value is null ? null : JsonValue.Create(value);
        await _portal.AssertRefusedAsync("incomplete_tokens", HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData(400, "code_refused", HttpStatusCode.BadGateway)]
    [InlineData(401, "code_refused", HttpStatusCode.BadGateway)]
    [InlineData(503, "provider_unavailable", HttpStatusCode.ServiceUnavailable)]
    public async Task Asks_once_when_the_token_endpoint_refuses(int status, string outcome, HttpStatusCode answer)
    {
        _portal.Provider.TokenStatus = status;

        await _portal.AssertRefusedAsync(outcome, answer);

        Assert.Single(_portal.Provider.Forms, form => form.Path == "/token");
    }

    [Fact]
    public async Task T23_refuses_a_session_that_was_revoked_while_the_sign_in_was_in_flight()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        await _portal.RevokeUserAsync();

        var page = await _portal.AssertRefusedAsync(browser, callback, "revoked", HttpStatusCode.Forbidden);

        Assert.Contains("Your session was ended", page);
    }
}
