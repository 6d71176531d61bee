using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.IdP.Tests.Registration;

public sealed class RegistrationRefusalTests(RegistrationServer server) : IClassFixture<RegistrationServer>
{
    [Theory]
    [InlineData("https://new.test/callback#fragment")]
    [InlineData("https://*.new.test/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://new.test/callback")]
    [InlineData("/callback")]
    [InlineData("https://user@new.test/callback")]
    [InlineData("https://new.test/a,https://new.test/b c")]
    public async Task T53_Refuses_a_redirect_uri_that_is_not_safe(string address) =>
        Assert.Equal("invalid_redirect_uri", await RefusalAsync("redirect_uris", new JsonArray(address)));

    [Fact]
    public async Task T53_Refuses_redirect_uris_that_are_no_array_or_absent()
    {
        Assert.Equal("invalid_redirect_uri", await RefusalAsync("redirect_uris", "https://new.test/callback"));
        Assert.Equal("invalid_redirect_uri", await RefusalAsync("redirect_uris", null));
        Assert.Equal("invalid_redirect_uri", await RefusalAsync("redirect_uris",
            new JsonArray([.. Enumerable.Range(0, 11).Select(number => JsonValue.Create($"https://new.test/{number}"))])));
    }

    [Theory]
    [InlineData("token_endpoint_auth_method", "\"none\"")]
    [InlineData("token_endpoint_auth_method", "\"private_key_jwt\"")]
    [InlineData("grant_types", """["client_credentials"]""")]
    [InlineData("grant_types", """["password"]""")]
    [InlineData("grant_types", "[]")]
    [InlineData("grant_types", "7")]
    [InlineData("response_types", """["token"]""")]
    [InlineData("response_types", "[]")]
    [InlineData("client_profile", "\"fapi\"")]
    [InlineData("client_name", "\"${ADMIN_CLIENT_SECRET}\"")]
    [InlineData("logo_uri", "\"javascript:alert(1)\"")]
    [InlineData("id_token_signed_response_alg", "\"none\"")]
    [InlineData("subject_type", "\"secret\"")]
    [InlineData("default_max_age", "\"soon\"")]
    [InlineData("sector_identifier_uri", "\"https://127.0.0.1:1/sector\"")]
    [InlineData("sector_identifier_uri", "\"http://new.test/sector\"")]
    public async Task T54_Refuses_metadata_that_the_policy_or_the_server_does_not_take(string name, string json) =>
        Assert.Equal("invalid_client_metadata", await RefusalAsync(name, JsonNode.Parse(json)));

    [Fact]
    public async Task T54_Refuses_jwks_beside_jwks_uri()
    {
        var metadata = RegistrationServer.Metadata();
        metadata["token_endpoint_auth_method"] = "private_key_jwt";
        metadata["jwks_uri"] = "https://new.test/jwks";
        metadata["jwks"] = new JsonObject { ["keys"] = new JsonArray() };

        Assert.Equal("invalid_client_metadata", await server.RefusalAsync(metadata, "code-flow-pkjwt"));
    }

    [Theory]
    [InlineData("a.b.c", "unapproved_software_statement")]
    [InlineData("abc", "invalid_software_statement")]
    public async Task T55_Refuses_a_software_statement(string statement, string error) =>
        Assert.Equal(error, await RefusalAsync("software_statement", statement));

    [Fact]
    public async Task Refuses_a_scope_that_the_policy_does_not_have() =>
        Assert.Equal("invalid_scope", await RefusalAsync("scope", "openid sessions.revoke"));

    [Theory]
    [InlineData("[]", "application/json")]
    [InlineData("""{"client_name":"a","client_name":"b"}""", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("""{"\ud800":1}""", "application/json")]
    [InlineData("""{"client_name":"\udc00"}""", "application/json")]
    [InlineData("""{"jwks":{"keys":[{"\ud800":0,"\ud801":0}]}}""", "application/json")]
    [InlineData("{}", "text/plain")]
    public async Task Threat29_Refuses_a_body_that_is_no_json_object(string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register") { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new("Bearer", await server.PermissionAsync());
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_client_metadata", await RegistrationServer.ErrorAsync(response));
    }

    [Fact]
    public async Task A_refused_registration_leaves_the_initial_access_token_usable()
    {
        var token = await server.PermissionAsync();
        var metadata = RegistrationServer.Metadata();
        metadata["logo_uri"] = "javascript:alert(1)";
        using (await server.RegisterAsync(metadata, token))
        {
            metadata.Remove("logo_uri");
            using var second = await server.RegisterAsync(metadata, token);
            Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        }
    }

    private Task<string> RefusalAsync(string name, JsonNode? value)
    {
        var metadata = RegistrationServer.Metadata();
        metadata[name] = value;
        return server.RefusalAsync(metadata);
    }
}
