using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Cookie = System.Net.Cookie;

namespace Platform.Tests.Browser;

/// <summary>What a person does with sessions, and what the browser keeps of them.</summary>
public sealed partial class PortalPage
{
    private const string SessionCookie = "__Host-bff";

    /// <summary>The card "Where you are signed in".</summary>
    public ILocator Sessions => Page.Locator(".sessions");

    /// <summary>The entry of another device.</summary>
    public ILocator Device(string name) =>
        Sessions.Locator(".device[data-current=no]").Filter(new() { HasText = name });

    public ILocator SignedOutBecause(string reason) => Page.Locator($"[data-view=signed-out][data-reason={reason}]");

    /// <summary>Another tab of the same profile.</summary>
    public Task<PortalPage> OpenTabAsync() => OpenAsync(_profile, _portal);

    public Task SignOutAsync() => Page.ClickAsync("[data-action=sign-out]");

    public Task ConfirmAsync() => Page.ClickAsync("[data-action=confirm]");

    public async Task<DateTimeOffset> AuthenticatedAtAsync() => DateTimeOffset.Parse(
        (await Page.Locator("[data-fact=authenticated-at] time").GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);

    public async Task<string> HandleAsync() =>
        (await _profile.CookiesAsync()).Single(cookie => cookie.Name == SessionCookie).Value;

    /// <summary>For another client that has got hold of the handle.</summary>
    public static Cookie SessionCookieOf(string handle) => new(SessionCookie, handle, "/", "localhost") { Secure = true };

    /// <summary>As if the portal's cookie had run out: only the provider still knows the person.</summary>
    public Task LoseSessionCookieAsync() => _profile.ClearCookiesAsync(new() { Name = SessionCookie });

    /// <summary>No network for any tab of the profile.</summary>
    public Task SetOfflineAsync(bool offline) => _profile.SetOfflineAsync(offline);

    /// <summary>What scripts have kept in the browser, as JSON.</summary>
    public async Task<string> KeptAsync() => JsonSerializer.Serialize(
        await Page.EvaluateAsync<Dictionary<string, string>>("({ ...localStorage, ...sessionStorage })"));
}
