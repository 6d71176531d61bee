using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Ciba;
using Platform.IdP.Tests.Running;
using Platform.IdP.Tests.SenderConstraint;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.TokenExchange;

/// <summary>Plays the services of <see cref="ExchangeServer"/>.</summary>
internal sealed class ExchangeClient(ExchangeServer server) : IDisposable
{
    public const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    private readonly CibaClient _shop = new(server, "shop");

    public const string IdToken = "urn:ietf:params:oauth:token-type:id_token";

    /// <summary>A person's access token, for the shop.</summary>
    public async Task<string> GetSubjectTokenAsync(string scope = "openid orders.read stock.read", ProofKey? key = null) =>
        (await SignInAsync(scope, key)).AccessToken();

    /// <summary>A person's ID token, for the shop.</summary>
    public async Task<string> GetIdTokenAsync(string scope = "openid orders.read stock.read", string? resource = null) =>
        (await SignInAsync(scope, key: null, resource)).IdToken();

    private async Task<JsonElement> SignInAsync(string scope, ProofKey? key, string? resource = null)
    {
        var begun = await _shop.BeginAsync(("scope", scope), ("resource", resource));
        (await _shop.DecideAsync(begun, "allow")).Dispose();
        Show(key);
        using var issued = await _shop.PollAsync(begun);
        Show(null);
        return await Portal.Json(issued);
    }

    /// <summary>From now on each request shows this key, or none.</summary>
    public void Show(ProofKey? key)
    {
        _shop.Backchannel.DefaultRequestHeaders.Remove("DPoP");
        if (key is not null)
        {
            _shop.Backchannel.DefaultRequestHeaders.Add("DPoP", key.Prove(ProofKey.Token));
        }
    }

    /// <summary>A service's own token.</summary>
    public async Task<string> GetServiceTokenAsync(string clientId)
    {
        using var response = await _shop.PostAsync("/token",
            ("client_id", clientId), ("grant_type", "client_credentials"), ("scope", "stock.read"));
        return (await Portal.Json(response)).GetProperty("access_token").GetString()!;
    }

    public Task<HttpResponseMessage> ExchangeAsync(string? subjectToken, params (string Name, string? Value)[] changes) =>
        _shop.PostAsync("/token",
        [
            ("client_id", "orders"), ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", subjectToken), ("subject_token_type", AccessToken), .. changes,
        ]);

    /// <summary>A successful exchange; the claims of the new token.</summary>
    public async Task<JsonElement> GetAsync(string subjectToken, params (string Name, string? Value)[] changes)
    {
        using var response = await ExchangeAsync(subjectToken, changes);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Portal.Claims((await Portal.Json(response)).GetProperty("access_token").GetString()!);
    }

    /// <summary>The same token with other claims, signed by the server itself.</summary>
    public string Change(string token, Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(Portal.Claims(token).GetRawText())!.AsObject();
        change(claims);
        return Jwt.Sign(server.Services.GetRequiredService<SigningKeys>().Tokens, "at+jwt", claims);
    }

    /// <summary>The shop exchanges an ID token.</summary>
    public Task<HttpResponseMessage> ExchangeIdTokenAsync(string idToken, params (string Name, string? Value)[] changes) =>
        ExchangeAsync(idToken, [("client_id", "shop"), ("subject_token_type", IdToken), .. changes]);

    /// <summary>The same ID token with other claims, signed by the server itself.</summary>
    public string ChangeIdToken(string token, Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(Portal.Claims(token).GetRawText())!.AsObject();
        change(claims);
        return Jwt.Sign(server.Services.GetRequiredService<SigningKeys>().Tokens, "JWT", claims);
    }

    public void Dispose() => _shop.Dispose();
}
