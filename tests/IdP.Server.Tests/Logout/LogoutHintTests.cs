using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Logout;

public sealed class LogoutHintTests(IdpServer server) : IClassFixture<IdpServer>
{
    private const string Home = IdpServer.Portal + "/";

    [Theory]
    [InlineData("""["bff-server"]""", null)]
    [InlineData("""["bff-server","plain"]""", "bff-server")]
    public async Task A_hint_may_have_an_array_of_audiences_and_any_algorithm_of_this_provider(string audiences, string? party)
    {
        using var portal = new Portal(server);
        var hint = Hint(audiences, party, IdpServer.Issuer, Keys.Events);
        using var response = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(Home)}");

        Assert.Equal(Home, response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("""["bff-server","plain"]""", null)]
    [InlineData("""["bff-server","plain"]""", "other")]
    [InlineData("[]", null)]
    [InlineData("7", null)]
    public async Task A_hint_that_does_not_name_one_client_gets_a_page(string audiences, string? party)
    {
        using var portal = new Portal(server);
        using var response = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={Hint(audiences, party, IdpServer.Issuer, Keys.Tokens)}");

        await ShowsAsync(response, "which client");
    }

    [Fact]
    public async Task T80_A_hint_of_another_issuer_or_signed_by_another_gets_a_page()
    {
        using var portal = new Portal(server);
        using var foreign = SigningKey.Create(JwsAlgorithm.RS256);
        using var other = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={Hint("\"bff-server\"", null, "https://other.test", Keys.Tokens)}");
        using var forged = await portal.Browser.GetAsync(
            $"/end_session?id_token_hint={Hint("\"bff-server\"", null, IdpServer.Issuer, foreign)}");

        await ShowsAsync(other, "not an ID token of this provider");
        await ShowsAsync(forged, "not an ID token of this provider");
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("exp")]
    public async Task Other_JWTs_of_this_provider_are_no_hint(string missing)
    {
        using var portal = new Portal(server);
        var claims = IdTokenClaims("\"bff-server\"", null, IdpServer.Issuer);
        claims.Remove(missing);
        using var response = await portal.Browser.GetAsync($"/end_session?id_token_hint={Jwt.Sign(Keys.Tokens, "JWT", claims)}");

        await ShowsAsync(response, "another JWT");
    }

    private SigningKeys Keys => server.Services.GetRequiredService<SigningKeys>();

    private static string Hint(string audiences, string? party, string issuer, SigningKey key) =>
        Jwt.Sign(key, "JWT", IdTokenClaims(audiences, party, issuer));

    private static JsonObject IdTokenClaims(string audiences, string? party, string issuer)
    {
        var claims = new JsonObject { ["iss"] = issuer, ["aud"] = JsonNode.Parse(audiences), ["sub"] = "ada", ["exp"] = 1 };
        if (party is not null)
        {
            claims["azp"] = party;
        }

        return claims;
    }

    private static async Task ShowsAsync(HttpResponseMessage response, string text)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
