using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Logout;

/// <summary>A person who uses one client after another in one browser, and signs out.</summary>
internal sealed class Visitor(LogoutServer server) : IDisposable
{
    public Portal Portal { get; } = new(server);

    /// <summary>Signs in to a client, by the session if there is one already; its ID token.</summary>
    public async Task<string> SignInAsync(string clientId)
    {
        var redirectUri = $"https://{clientId}.test/callback";
        var address = Portal.PlainAddress(("client_id", clientId), ("redirect_uri", redirectUri), ("scope", "openid"));
        using var opened = await Portal.Browser.GetAsync(address);
        using var answered = opened.Headers.Location!.IsAbsoluteUri
            ? opened
            : await Portal.SubmitAsync(await Portal.OpenFormAsync(opened.Headers.Location.OriginalString));
        using var response = await Portal.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = Portal.Answer(answered, redirectUri)["code"],
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = Portal.Verifier,
        }, clientId, LogoutServer.Secret);
        return (await App.OkAsync(response)).IdToken();
    }

    public Task<HttpResponseMessage> SignOutAsync(string hint, string? returnTo, string? state = null) =>
        Portal.Browser.GetAsync($"/end_session?id_token_hint={hint}" +
            (returnTo is null ? "" : $"&post_logout_redirect_uri={Uri.EscapeDataString(returnTo)}") +
            (state is null ? "" : $"&state={Uri.EscapeDataString(state)}"));

    public async Task<bool> IsSignedInAsync()
    {
        using var response = await Portal.Browser.GetAsync(Portal.PlainAddress(
            ("client_id", "silent"), ("redirect_uri", "https://silent.test/callback"), ("scope", "openid"), ("prompt", "none")));
        return Portal.Answer(response, "https://silent.test/callback").ContainsKey("code");
    }

    public static JsonElement Claims(string idToken) => Portal.Claims(idToken);

    public void Dispose() => Portal.Dispose();
}
