using System.Net;
using System.Text.Json.Nodes;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Contacts.Tests.Authorization;

public sealed class DPoPTests : IAsyncLifetime
{
    private readonly ContactsServer _server = new();
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.ES256);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A26_answers_who_proves_the_key_of_the_token() =>
        Assert.Equal(HttpStatusCode.OK, await GetAsync("DPoP", BoundToken(), Proof(BoundToken())));

    [Fact]
    public async Task Refuses_a_proof_a_second_time()
    {
        var proof = Proof(BoundToken());

        Assert.Equal(HttpStatusCode.OK, await GetAsync("DPoP", BoundToken(), proof));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("DPoP", BoundToken(), proof));
    }

    [Fact]
    public async Task Refuses_a_bound_token_without_its_proof()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("Bearer", BoundToken(), proof: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("DPoP", BoundToken(), proof: null));
    }

    [Fact]
    public async Task Refuses_the_proof_of_another_address() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("DPoP", BoundToken(), Proof(BoundToken(), "https://evil.example/contacts")));

    [Fact]
    public async Task Refuses_the_proof_of_another_key()
    {
        using var other = SigningKey.Create(JwsAlgorithm.ES256);
        var proof = DPoPProofs.Create(other, "GET", $"{ContactsServer.ApiUrl}/contacts", null, BoundToken(), _server.Now);

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("DPoP", BoundToken(), proof));
    }

    private string? _token;

    private string BoundToken() => _token ??= _server.Token(
        change: claims => claims["cnf"] = new JsonObject { ["jkt"] = _key.KeyId });

    private string Proof(string token, string address = $"{ContactsServer.ApiUrl}/contacts") =>
        DPoPProofs.Create(_key, "GET", address, nonce: null, token, _server.Now);

    private async Task<HttpStatusCode> GetAsync(string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts");
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        if (proof is not null)
        {
            request.Headers.TryAddWithoutValidation("DPoP", proof);
        }

        using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
