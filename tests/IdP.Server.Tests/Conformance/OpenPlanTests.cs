using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Platform.IdP.Tests.Running;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Conformance;

/// <summary>
/// What the plans oidcc-basic and oidcc-dynamic do that no client of ours would: no PKCE, no pushed request, the defaults of
/// OpenID Connect Dynamic Registration section 2, the token endpoint as audience.
/// </summary>
public sealed class OpenPlanTests(OpenPlanServer server) : IClassFixture<OpenPlanServer>
{
    [Fact]
    public async Task A_client_that_says_nothing_gets_the_defaults_of_the_specification()
    {
        var client = await server.RegisterAsync([]);
        var (id, secret) = ((string)client["client_id"]!, (string)client["client_secret"]!);
        using var portal = new Portal(server);

        using var response = await portal.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = await CodeAsync(portal, id),
            ["redirect_uri"] = OpenPlanServer.Callback,
        }, id, secret);

        Assert.Equal("client_secret_basic", (string)client["token_endpoint_auth_method"]!);
        Assert.Contains("offline_access", ((string)client["scope"]!).Split(' '));
        Assert.Equal("RS256", Algorithm((await TokensAsync(response)).GetProperty("id_token").GetString()!));
    }

    [Fact]
    public async Task A_client_with_a_key_names_the_token_endpoint_as_audience()
    {
        using var key = SigningKey.Create(JwsAlgorithm.RS256);
        var client = await server.RegisterAsync(new JsonObject
        {
            ["token_endpoint_auth_method"] = "private_key_jwt",
            ["jwks"] = JsonNode.Parse(new JsonWebKeySet([key.PublicKey]).ToJson()),
        });
        var id = (string)client["client_id"]!;
        using var portal = new Portal(server);

        using var response = await portal.Backchannel.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = await CodeAsync(portal, id),
            ["redirect_uri"] = OpenPlanServer.Callback,
            ["client_assertion_type"] = ClientAssertion.Type,
            ["client_assertion"] = server.AssertionFor(id, key),
        }), TestContext.Current.CancellationToken);

        Assert.NotNull((await TokensAsync(response)).GetProperty("access_token").GetString());
    }

    private static async Task<string> CodeAsync(Portal portal, string client)
    {
        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(QueryHelpers.AddQueryString("/authorize",
            new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = client,
                ["redirect_uri"] = OpenPlanServer.Callback,
                ["scope"] = "openid",
                ["state"] = "the state",
            })));
        return Portal.Answer(response, OpenPlanServer.Callback)["code"];
    }

    private static async Task<JsonElement> TokensAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Portal.Json(response);
    }

    private static string Algorithm(string jwt) => JsonSerializer.Deserialize<JsonElement>(
        System.Buffers.Text.Base64Url.DecodeFromChars(jwt.Split('.')[0])).GetProperty("alg").GetString()!;
}
