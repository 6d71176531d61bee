using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Device;

/// <summary>Plays the device, and the person with her browser, one step at a time.</summary>
internal sealed class Television(IdpServer server, string clientId = "tv") : IDisposable
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    public HttpClient Browser { get; } = server.NewClient();

    public HttpClient Backchannel { get; } = server.NewClient();

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] parameters) =>
        Backchannel.PostAsync(path, new FormUrlEncodedContent(Portal.Change(
            new() { ["client_id"] = clientId, ["client_secret"] = DeviceServer.Secret }, parameters)));

    public async Task<JsonElement> BeginAsync(string scope = "openid profile contacts.read")
    {
        using var response = await PostAsync("/device_authorization", ("scope", scope));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Portal.Json(response);
    }

    public Task<HttpResponseMessage> PollAsync(string? deviceCode) =>
        PostAsync("/token", ("grant_type", GrantType), ("device_code", deviceCode));

    public Task<HttpResponseMessage> PollAsync(JsonElement begun) => PollAsync(begun.GetProperty("device_code").GetString());

    /// <summary>Opens a page of the server that needs a sign-in, and signs in; the page that follows.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string path = "/device", string userName = "ada", string password = "analytical-engine")
    {
        using var begin = await Browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, begin.StatusCode);
        using var login = await Browser.GetAsync(begin.Headers.Location);
        var form = Portal.HiddenInputs(await login.Content.ReadAsStringAsync());
        using var signedIn = await Browser.PostAsync("/login", new FormUrlEncodedContent(
            Portal.Change(form, ("username", userName), ("password", password))));
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        return await Browser.GetAsync(signedIn.Headers.Location);
    }

    /// <summary>Enters a code on the page; the answer.</summary>
    public async Task<HttpResponseMessage> EnterAsync(string userCode)
    {
        using var page = await Browser.GetAsync("/device");
        return await Browser.PostAsync("/device", new FormUrlEncodedContent(Portal.Change(
            Portal.HiddenInputs(await page.Content.ReadAsStringAsync()), ("user_code", userCode))));
    }

    /// <summary>Answers the question on a page.</summary>
    public async Task<HttpResponseMessage> DecideAsync(HttpResponseMessage page, string decision, params (string Name, string? Value)[] changes) =>
        await Browser.PostAsync("/device/decision", new FormUrlEncodedContent(Portal.Change(Portal.Change(
            Portal.HiddenInputs(await page.Content.ReadAsStringAsync()), ("decision", decision)), changes)));

    /// <summary>The person does all that is asked of her.</summary>
    public async Task DecideAsync(JsonElement begun, string decision)
    {
        (await SignInAsync()).Dispose();
        using var confirm = await EnterAsync(begun.GetProperty("user_code").GetString()!);
        using var done = await DecideAsync(confirm, decision);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    public void Dispose()
    {
        Browser.Dispose();
        Backchannel.Dispose();
    }
}
