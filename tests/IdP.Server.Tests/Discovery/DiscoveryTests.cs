using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Discovery;

public sealed class DiscoveryTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task T62_Metadata_names_this_issuer_and_what_it_can_do(string address)
    {
        var metadata = await GetAsync(address);

        Assert.Equal(IdpServer.Issuer, metadata.GetProperty("issuer").GetString());
        Assert.Equal(["code"], Texts(metadata, "response_types_supported"));
        Assert.Equal(["S256"], Texts(metadata, "code_challenge_methods_supported"));
        Assert.Superset(new HashSet<string?>(["authorization_code", "refresh_token", "client_credentials"]),
            Texts(metadata, "grant_types_supported").ToHashSet());
        Assert.DoesNotContain("implicit", Texts(metadata, "grant_types_supported"));
        Assert.DoesNotContain("password", Texts(metadata, "grant_types_supported"));
        Assert.Equal(["none", "client_secret_basic", "client_secret_post", "private_key_jwt"],
            Texts(metadata, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["ES256", "PS256", "RS256"], Texts(metadata, "token_endpoint_auth_signing_alg_values_supported"));
        Assert.Equal(["ES256", "PS256", "RS256"], Texts(metadata, "id_token_signing_alg_values_supported"));
        Assert.Equal(["ES256", "PS256", "RS256"], Texts(metadata, "userinfo_signing_alg_values_supported"));
        Assert.Equal(["ES256", "PS256", "RS256"], Texts(metadata, "introspection_signing_alg_values_supported"));
        Assert.Equal(["public"], Texts(metadata, "subject_types_supported"));
        Assert.True(metadata.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
    }

    [Fact]
    public async Task T62_Every_address_that_is_advertised_exists()
    {
        using var client = server.NewClient();
        var addresses = (await GetAsync("/.well-known/openid-configuration")).EnumerateObject()
            .Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal) || member.Name == "jwks_uri").ToList();

        Assert.True(addresses.Count >= 7);
        foreach (var address in addresses)
        {
            Assert.StartsWith(IdpServer.Issuer + "/", address.Value.GetString(), StringComparison.Ordinal);
            using var response = await client.GetAsync(address.Value.GetString());
            Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task T63_Keys_are_public_and_have_different_names()
    {
        var keys = (await GetAsync("/jwks")).GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal(["ES256", "RS256"], keys.Select(key => key.GetProperty("alg").GetString()));
        Assert.Equal(2, keys.Select(key => key.GetProperty("kid").GetString()).Distinct().Count());
        Assert.All(keys, key => Assert.DoesNotContain(key.EnumerateObject(),
            member => member.Name is "d" or "p" or "q" or "dp" or "dq" or "qi" or "k"));
    }

    [Fact]
    public async Task T30_A_forwarded_host_does_not_change_the_issuer()
    {
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.test");
        client.DefaultRequestHeaders.Add("Forwarded", "host=evil.test");

        Assert.DoesNotContain("evil", await client.GetStringAsync("/.well-known/openid-configuration"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> GetAsync(string address)
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.Public);
        return await Portal.Json(response);
    }

    private static IEnumerable<string?> Texts(JsonElement metadata, string name) =>
        metadata.GetProperty(name).EnumerateArray().Select(value => value.GetString());
}
