using System.Net;
using System.Text.Json;

namespace Platform.IdP.Tests.Running;

/// <summary>Plays one of the clients of <see cref="TokenServer"/>, with a person of its own before the browser.</summary>
internal sealed class App(IdpServer server, string clientId = "app", string? redirectUri = null) : IDisposable
{
    public const string AllScopes = "openid profile email offline_access contacts.read calendar.read";

    public Portal Portal { get; } = new(server);

    public string RedirectUri { get; } = redirectUri ?? $"https://{clientId}.test/callback";

    public async Task<string> GetCodeAsync(string scope = AllScopes, params (string Name, string? Value)[] changes)
    {
        var address = Portal.PlainAddress(
            [("client_id", clientId), ("redirect_uri", RedirectUri), ("scope", scope), .. changes]);
        using var response = await Portal.SubmitAsync(await Portal.OpenLoginAsync(address));
        return Portal.Answer(response, RedirectUri)["code"];
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, params (string Name, string? Value)[] changes) =>
        PostAsync("/token", Portal.Change(
            new() { ["grant_type"] = "authorization_code", ["code"] = code },
            [("redirect_uri", RedirectUri), ("code_verifier", Portal.Verifier), .. changes]));

    public async Task<JsonElement> SignInAsync(string scope = AllScopes, params (string Name, string? Value)[] changes)
    {
        using var response = await RedeemAsync(await GetCodeAsync(scope), changes);
        return await OkAsync(response);
    }

    public Task<HttpResponseMessage> RefreshAsync(string? refreshToken, params (string Name, string? Value)[] changes) =>
        PostAsync("/token", Portal.Change(
            new() { ["grant_type"] = "refresh_token" }, [("refresh_token", refreshToken), .. changes]));

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) =>
        Portal.PostAsync(path, form, clientId, TokenServer.AppSecret);

    public static async Task<JsonElement> OkAsync(HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await Portal.Json(response);
    }

    public static async Task RefusesAsync(
        HttpResponseMessage response, string error, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    public void Dispose() => Portal.Dispose();
}

internal static class TokenResponses
{
    public static string AccessToken(this JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    public static string IdToken(this JsonElement tokens) => tokens.GetProperty("id_token").GetString()!;

    public static string RefreshToken(this JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;
}
