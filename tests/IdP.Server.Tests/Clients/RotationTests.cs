using System.Net;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

public sealed class RotationTests
{
    [Fact]
    public async Task T49_A_client_changes_its_key_without_telling_anybody()
    {
        await using var server = new KeyClients();
        await server.InitializeAsync();
        server.Published = new JsonWebKeySet([server.Es256.PublicKey]);
        using var before = await server.AskAsync(KeyClients.With(server.Assertion("remote")));
        server.Published = new JsonWebKeySet([server.Foreign.PublicKey]);
        using var after = await server.AskAsync(KeyClients.With(server.Assertion("remote", server.Foreign)));
        using var old = await server.AskAsync(KeyClients.With(server.Assertion("remote")));

        Assert.Equal(HttpStatusCode.BadRequest, before.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, after.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.Equal(2, server.Host.Requests);
    }

    [Fact]
    public async Task T30_A_signed_request_is_verified_by_the_keys_that_the_client_publishes()
    {
        await using var server = new KeyClients();
        await server.InitializeAsync();
        server.Published = new JsonWebKeySet([server.Es256.PublicKey]);

        Assert.Equal(HttpStatusCode.Created, await PushAsync(server, server.Es256));
        Assert.Equal(HttpStatusCode.BadRequest, await PushAsync(server, server.Foreign));
        Assert.Equal(HttpStatusCode.OK, await AskOnDeviceAsync(server, server.Es256));
        Assert.Equal(HttpStatusCode.BadRequest, await AskOnDeviceAsync(server, server.Foreign));
    }

    private static Task<HttpStatusCode> PushAsync(KeyClients server, SigningKey signer) => PostAsync(
        server, signer, "/par", "remote",
        ("client_id", "remote"), ("response_type", "code"), ("redirect_uri", "https://remote.test/callback"), ("scope", "openid"),
        ("code_challenge", Portal.Challenge), ("code_challenge_method", "S256"), ("sub", null));

    private static Task<HttpStatusCode> AskOnDeviceAsync(KeyClients server, SigningKey signer) => PostAsync(
        server, signer, "/bc-authorize", "asker", ("scope", "openid"), ("login_hint", "ada"), ("sub", null));

    private static async Task<HttpStatusCode> PostAsync(
        KeyClients server, SigningKey signer, string path, string client, params (string Name, JsonNode? Value)[] claims)
    {
        var request = Jwt.Sign(signer, "oauth-authz-req+jwt", server.Claims(client, claims));
        using var http = server.NewClient();
        using var response = await http.PostAsync(path, new FormUrlEncodedContent(
            new Dictionary<string, string>(KeyClients.With(server.Assertion(client))) { ["request"] = request }), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
