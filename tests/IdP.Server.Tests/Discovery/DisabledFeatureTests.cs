using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Discovery;

public sealed class DisabledFeatureTests(DisabledFeatureTests.Server server, IdpServer whole)
    : IClassFixture<DisabledFeatureTests.Server>, IClassFixture<IdpServer>
{
    [Theory]
    [InlineData("POST", "/device_authorization")]
    [InlineData("GET", "/device")]
    [InlineData("POST", "/device")]
    [InlineData("POST", "/device/decision")]
    [InlineData("POST", "/bc-authorize")]
    [InlineData("GET", "/ciba")]
    [InlineData("POST", "/ciba/decision")]
    [InlineData("POST", "/admin/ciba/decisions")]
    [InlineData("POST", "/register")]
    [InlineData("GET", "/register/anybody")]
    [InlineData("PUT", "/register/anybody")]
    [InlineData("DELETE", "/register/anybody")]
    [InlineData("POST", "/admin/initial-access-tokens")]
    public async Task An_address_of_a_feature_that_is_off_is_not_there(string method, string path)
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, method, path));
        Assert.NotEqual(HttpStatusCode.NotFound, await StatusAsync(whole, method, path));
    }

    [Theory]
    [InlineData("device_authorization_endpoint")]
    [InlineData("backchannel_authentication_endpoint")]
    [InlineData("backchannel_token_delivery_modes_supported")]
    [InlineData("backchannel_authentication_request_signing_alg_values_supported")]
    [InlineData("backchannel_user_code_parameter_supported")]
    [InlineData("registration_endpoint")]
    public async Task A_feature_that_is_off_is_not_in_the_metadata(string member)
    {
        Assert.False((await MetadataAsync(server)).TryGetProperty(member, out _));
        Assert.True((await MetadataAsync(whole)).TryGetProperty(member, out _));
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("urn:openid:params:grant-type:ciba")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer")]
    public async Task A_grant_that_is_off_is_not_supported(string grant)
    {
        Assert.DoesNotContain(grant, Grants(await MetadataAsync(server)));
        Assert.Contains(grant, Grants(await MetadataAsync(whole)));

        using var portal = new Portal(server);
        using var response = await portal.PostAsync("/token", new() { ["grant_type"] = grant });
        Assert.Equal("unsupported_grant_type", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Every_address_that_is_still_advertised_exists()
    {
        foreach (var member in (await MetadataAsync(server)).EnumerateObject()
            .Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal) || member.Name is "jwks_uri"))
        {
            Assert.NotEqual(HttpStatusCode.NotFound, await StatusAsync(server, "GET", member.Value.GetString()!));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(IdpServer server, string method, string path)
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<JsonElement> MetadataAsync(IdpServer server)
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync(
            "/.well-known/oauth-authorization-server", TestContext.Current.CancellationToken);
        return await Portal.Json(response);
    }

    private static IEnumerable<string?> Grants(JsonElement metadata) =>
        metadata.GetProperty("grant_types_supported").EnumerateArray().Select(grant => grant.GetString());

    public sealed class Server : IdpServer
    {
        public Server()
        {
            foreach (var feature in (string[])["Device", "Ciba", "Registration", "TokenExchange", "JwtBearer"])
            {
                Settings[$"Idp:{feature}:Enabled"] = "false";
            }
        }
    }
}
