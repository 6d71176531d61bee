using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.IdP.Tests.Device;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Ciba;

/// <summary>Plays a client of CIBA, the person with her browser, and the operator, one step at a time.</summary>
internal sealed class CibaClient(IdpServer server, string clientId = "bank") : IDisposable
{
    private const string GrantType = "urn:openid:params:grant-type:ciba";

    private readonly Television _person = new(server);

    public HttpClient Browser => _person.Browser;

    public HttpClient Backchannel => _person.Backchannel;

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] parameters) =>
        Backchannel.PostAsync(path, new FormUrlEncodedContent(Portal.Change(
            new() { ["client_id"] = clientId, ["client_secret"] = CibaServer.Secret }, parameters)));

    /// <summary>A request as it should be, but for the changes.</summary>
    public Task<HttpResponseMessage> AskAsync(params (string Name, string? Value)[] changes) => PostAsync("/bc-authorize",
        [("scope", "openid"), ("login_hint", "ada"), ("binding_message", "Order 4711"), .. changes]);

    public async Task<JsonElement> BeginAsync(params (string Name, string? Value)[] changes)
    {
        using var response = await AskAsync(changes);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Portal.Json(response);
    }

    public Task<HttpResponseMessage> PollAsync(JsonElement begun) => PollAsync(begun.GetProperty("auth_req_id").GetString());

    public Task<HttpResponseMessage> PollAsync(string? authReqId) =>
        PostAsync("/token", ("grant_type", GrantType), ("auth_req_id", authReqId));

    /// <summary>The person signs in and sees what waits for her.</summary>
    public Task<HttpResponseMessage> OpenAsync(string userName = "ada", string password = "analytical-engine") =>
        _person.SignInAsync("/ciba", userName, password);

    public async Task<HttpResponseMessage> DecideAsync(HttpResponseMessage page, string decision, params (string Name, string? Value)[] changes) =>
        await Browser.PostAsync("/ciba/decision", new FormUrlEncodedContent(Portal.Change(Portal.Change(
            Portal.HiddenInputs(await page.Content.ReadAsStringAsync()), ("decision", decision)), changes)));

    public async Task<string> GetOperatorTokenAsync(string scope = "ciba.decide")
    {
        using var response = await PostAsync("/token",
            ("client_id", "asker"), ("grant_type", "client_credentials"), ("scope", scope));
        return (await Portal.Json(response)).GetProperty("access_token").GetString()!;
    }

    /// <summary>The operator decides for the person.</summary>
    public async Task<HttpResponseMessage> DecideAsync(JsonElement begun, string decision) => await PostDecisionAsync(
        await GetOperatorTokenAsync(), $$"""{"auth_req_id":"{{begun.GetProperty("auth_req_id").GetString()}}","decision":"{{decision}}"}""");

    public Task<HttpResponseMessage> PostDecisionAsync(string? token, string body, string type = "application/json") =>
        Backchannel.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/ciba/decisions")
        {
            Content = new StringContent(body, Encoding.UTF8, type),
            Headers = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        });

    public static async Task AssertRefusedAsync(HttpResponseMessage response, string error)
    {
        using (response)
        {
            Assert.Equal(error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        }
    }

    public void Dispose() => _person.Dispose();
}
