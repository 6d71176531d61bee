using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Operations;

public sealed class ClientEndpointTests(InspectedServer server) : IClassFixture<InspectedServer>
{
    private const string Scope = "clients.read";

    [Fact]
    public async Task Shows_a_client_as_it_is_registered()
    {
        var client = await ShowAsync("fetched");

        Assert.Equal("fetched", client.GetProperty("client_id").GetString());
        Assert.Equal("fapi2", client.GetProperty("profile").GetString());
        Assert.Equal("private_key_jwt", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(["https://fetched.test/callback"], Texts(client.GetProperty("redirect_uris")));
        Assert.Equal(["https://fetched.test/"], Texts(client.GetProperty("post_logout_redirect_uris")));
        Assert.Equal("https://fetched.test/logout", client.GetProperty("backchannel_logout_uri").GetString());
        Assert.Equal(["openid", "offline_access"], Texts(client.GetProperty("scopes")));
        Assert.Equal(["ES256", "PS256"], Texts(client.GetProperty("assertion_algorithms")));
        Assert.True(client.GetProperty("require_pushed_authorization_requests").GetBoolean());
        Assert.True(client.GetProperty("requires_sender_constraint").GetBoolean());
        Assert.False(client.GetProperty("has_secret").GetBoolean());
    }

    [Fact]
    public async Task Shows_the_keys_as_they_are_at_the_jwks_uri_now_and_why_others_are_of_no_use()
    {
        var next = SigningKey.Create(JwsAlgorithm.PS256);
        var before = await ShowAsync("fetched");
        server.KeySet = $$"""{"keys":[{{JsonDocument.Parse(new JsonWebKeySet([next.PublicKey]).ToJson()).RootElement.GetProperty("keys")[0]}},{"kty":"oct"}]}""";
        var after = await ShowAsync("fetched");
        server.KeySet = new JsonWebKeySet([InspectedServer.Key.PublicKey]).ToJson();

        Assert.Equal(InspectedServer.Key.PublicKey.Thumbprint, before.GetProperty("keys")[0].GetProperty("thumbprint").GetString());
        var key = Assert.Single(after.GetProperty("keys").EnumerateArray());
        Assert.Equal(next.KeyId, key.GetProperty("kid").GetString());
        Assert.Equal("PS256", key.GetProperty("alg").GetString());
        Assert.Equal("RSA", key.GetProperty("kty").GetString());
        Assert.Equal(["The kty of the key is neither EC nor RSA."], Texts(after.GetProperty("unusable_keys")));
    }

    [Fact]
    public async Task Says_why_the_keys_cannot_be_had()
    {
        var unreachable = await ShowAsync("unreachable");
        server.KeySet = "no key set";
        var unreadable = await ShowAsync("fetched");
        server.KeySet = new JsonWebKeySet([InspectedServer.Key.PublicKey]).ToJson();

        Assert.Equal("it answered 404", unreachable.GetProperty("keys_fault").GetString());
        Assert.Equal(JsonValueKind.Null, unreachable.GetProperty("keys").ValueKind);
        Assert.Equal("The key set is not a JSON object.", unreadable.GetProperty("keys_fault").GetString());
    }

    [Fact]
    public async Task Shows_keys_that_are_registered_themselves()
    {
        var client = await ShowAsync("inline");

        Assert.Equal(InspectedServer.Key.KeyId, client.GetProperty("keys")[0].GetProperty("kid").GetString());
        Assert.Equal(JsonValueKind.Null, client.GetProperty("jwks_uri").ValueKind);
    }

    [Fact]
    public async Task Says_that_there_is_a_secret_and_neither_it_nor_its_hash()
    {
        var client = await ShowAsync("plain");

        Assert.True(client.GetProperty("has_secret").GetBoolean());
        Assert.DoesNotContain(IdpServer.PlainSecret, client.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(client.EnumerateObject(), member => member.Name.Contains("hash", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S0_14_Says_what_the_policy_allows_and_what_of_the_client_it_would_refuse()
    {
        var fit = (await ShowAsync("fetched")).GetProperty("registration");
        var unfit = (await ShowAsync("inline")).GetProperty("registration");

        Assert.Equal("code-flow-pkjwt", fit.GetProperty("profile").GetString());
        Assert.Contains("contacts.read", Texts(fit.GetProperty("allowed_scopes")));
        Assert.Equal(["https"], Texts(fit.GetProperty("redirect_uri_schemes")));
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("refused").ValueKind);
        Assert.Equal("fapi", unfit.GetProperty("profile").GetString());
        Assert.Equal("invalid_scope", unfit.GetProperty("refused").GetProperty("error").GetString());
    }

    [Fact]
    public async Task Holds_the_client_against_the_profile_that_was_asked_for()
    {
        var other = (await ShowAsync("fetched?profile=code-flow-secret")).GetProperty("registration");
        var unknown = (await ShowAsync("fetched?profile=nobodys")).GetProperty("registration");

        Assert.Equal("invalid_client_metadata", other.GetProperty("refused").GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("profile").ValueKind);
        Assert.Equal(["code-flow-pkjwt", "fapi", "code-flow-secret", "spa"], Texts(unknown.GetProperty("profiles")));
    }

    [Fact]
    public async Task Shows_a_client_of_before_while_the_file_is_broken()
    {
        var file = Path.Combine(server.Settings["Idp:ConfigFolder"], "clients.yaml");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text + "\n  - client_id: [", TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal("code-flow-pkjwt", (await ShowAsync("fetched")).GetProperty("registration").GetProperty("profile").GetString());
        }
        finally
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Knows_no_client_that_is_not_registered()
    {
        using var portal = new Portal(server);
        using var response = await portal.GetWithTokenAsync("/admin/clients/nobody", await portal.GetAdminTokenAsync(Scope));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/admin/clients/plain", "clients.read")]
    [InlineData("/admin/diagnostics", "diagnostics.read")]
    public async Task T20_Refuses_who_has_no_token_for_it(string path, string scope)
    {
        using var portal = new Portal(server);
        using var without = await portal.Backchannel.GetAsync(path, TestContext.Current.CancellationToken);
        using var other = await portal.GetWithTokenAsync(path, await portal.GetAdminTokenAsync("clients.register"));

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Contains($"scope=\"{scope}\"", other.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private Task<JsonElement> ShowAsync(string client) => server.ShowAsync($"/admin/clients/{client}", Scope);

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString());
}
