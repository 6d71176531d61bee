using System.Net;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

/// <summary>For whom a client assertion may be meant: the issuer, and endpoints where the client is registered so.</summary>
public sealed class AssertionAudienceTests(KeyClients server) : IClassFixture<KeyClients>
{
    [Theory]
    [InlineData("\"https://idp.test/token\"")]
    [InlineData("\"https://idp.test/par\"")]
    [InlineData("\"https://idp.test/\"")]
    [InlineData("\"https://other.test\"")]
    [InlineData("[\"https://idp.test\"]")]
    [InlineData("[\"https://idp.test\", \"https://idp.test/token\"]")]
    [InlineData("null")]
    public Task T46_Threat6_Refuses_any_audience_but_the_issuer_as_a_string(string audience) => RefusesAsync("jwt", audience);

    [Theory]
    [InlineData("\"https://idp.test\"")]
    [InlineData("\"https://idp.test/token\"")]
    public Task Accepts_the_endpoint_of_a_client_that_may_name_it(string audience) =>
        AnswersAsync("legacy", audience, "/token", HttpStatusCode.BadRequest, "unsupported_grant_type");

    [Theory]
    [InlineData("\"https://idp.test/par\"")] // the endpoint that is called
    [InlineData("\"https://idp.test/token\"")]
    public Task Accepts_the_called_endpoint_and_the_token_endpoint_elsewhere(string audience) =>
        AnswersAsync("legacy", audience, "/par", HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public Task Refuses_an_endpoint_that_is_not_called() =>
        AnswersAsync("legacy", "\"https://idp.test/revoke\"", "/par", HttpStatusCode.Unauthorized, "invalid_client");

    [Theory]
    [InlineData("\"https://idp.test/par\"")]
    [InlineData("\"https://idp.test/\"")]
    [InlineData("\"https://idp.test/Token\"")]
    [InlineData("\"https://other.test/token\"")]
    [InlineData("[\"https://idp.test/token\"]")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public Task Refuses_any_other_audience_of_a_client_that_may_name_the_endpoint(string audience) => RefusesAsync("legacy", audience);

    private Task RefusesAsync(string client, string audience) =>
        AnswersAsync(client, audience, "/token", HttpStatusCode.Unauthorized, "invalid_client");

    private async Task AnswersAsync(string client, string audience, string path, HttpStatusCode status, string error)
    {
        var assertion = Jwt.Sign(server.Es256, "JWT", server.Claims(client, ("aud", JsonNode.Parse(audience))));

        using var response = await server.AskAsync(KeyClients.With(assertion), path: path);

        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        Assert.Equal(status, response.StatusCode);
    }
}
