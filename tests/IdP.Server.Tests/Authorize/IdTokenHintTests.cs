using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Authorize;
using Platform.IdP.Clients;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Authorize;

public sealed class IdTokenHintTests(IdpServer server) : IClassFixture<IdpServer>
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";

    [Fact]
    public async Task T10_Knows_the_person_of_an_ID_token_long_after_it_has_expired()
    {
        using var portal = new Portal(server);
        var idToken = (await portal.SignInAsync()).GetProperty("id_token").GetString()!;
        server.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(Ada, Find(idToken));
    }

    [Fact]
    public async Task T10_The_hint_of_another_client_is_none()
    {
        using var portal = new Portal(server);
        var idToken = (await portal.SignInAsync()).GetProperty("id_token").GetString()!;

        Assert.Null(Find(idToken, "plain"));
    }

    [Fact]
    public async Task An_access_token_is_no_hint()
    {
        using var portal = new Portal(server);

        Assert.Null(Find((await portal.SignInAsync()).GetProperty("access_token").GetString()!));
    }

    [Theory]
    [InlineData("iss", "https://other.test")]
    [InlineData("aud", "plain")]
    [InlineData("sub", null)]
    public void T10_Every_claim_that_makes_it_one_is_checked(string name, string? value) =>
        Assert.Null(Find(Jwt.Sign(server.Services.GetRequiredService<SigningKeys>().Tokens, "JWT", Claims((name, value)))));

    [Fact]
    public void T10_A_hint_by_a_strange_key_is_none()
    {
        using var stranger = SigningKey.Create(JwsAlgorithm.ES256);

        Assert.Null(Find(Jwt.Sign(stranger, "JWT", Claims())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("e30.e30.")]
    public void T10_What_is_no_token_is_no_hint(string hint) => Assert.Null(Find(hint));

    private string? Find(string hint, string clientId = "bff-server") => server.Services.GetRequiredService<IdTokenHint>()
        .FindSubject(hint, server.Services.GetRequiredService<ClientRegistry>().Find(clientId)!);

    private static JsonObject Claims(params (string Name, string? Value)[] changes)
    {
        var claims = new JsonObject { ["iss"] = IdpServer.Issuer, ["aud"] = "bff-server", ["sub"] = Ada };
        foreach (var (name, value) in changes)
        {
            claims[name] = value;
        }

        return claims;
    }
}
