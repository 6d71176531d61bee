using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Platform.Testing.Secrets;

namespace Platform.Bff.Tests.Fixture;

/// <summary>
/// What a browser does, as far as it matters: it keeps cookies, withholds Strict ones from navigations that another
/// site starts, and follows redirects only when it is told to.
/// </summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient _elsewhere;

    public Browser(Func<int> port, KnownSecrets secrets, string origin = Portal.Origin)
    {
        _elsewhere = new(new SecretsHandler(secrets, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
        _http = new(new SecretsHandler(secrets, Handler(port))) { BaseAddress = new(origin) };
    }

    /// <summary>What finds the replica under the portal's name.</summary>
    public static SocketsHttpHandler Handler(Func<int> port) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = TestCertificate.Trust,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port(), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public ConcurrentDictionary<string, SetCookieHeaderValue> Cookies { get; } = new();

    public string? Handle => Cookies.TryGetValue("__Host-bff", out var cookie) ? cookie.Value.ToString() : null;

    /// <summary>False makes every request choose its replica anew.</summary>
    public bool KeepsConnections { get; init; } = true;

    public Task<HttpResponseMessage> NavigateAsync(string url, bool crossSite = false, params (string, string)[] headers) =>
        SendAsync(HttpMethod.Get, url, crossSite, [("Sec-Fetch-Site", crossSite ? "cross-site" : "none"), ("Accept", "text/html"), .. headers]);

    /// <summary>A call of the portal's own script.</summary>
    public Task<HttpResponseMessage> CallAsync(string path, HttpMethod? method = null, params (string, string)[] headers) =>
        SendAsync(method ?? HttpMethod.Get, path, false, [("X-CSRF", "1"), ("Sec-Fetch-Site", "same-origin"), .. headers]);

    /// <summary>What another server posts, or a form.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, HttpContent content) =>
        SendAsync(Posted(method, url, content), crossSite: true, []);

    /// <summary>A call of the portal's own script that sends something.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) =>
        SendAsync(Posted(HttpMethod.Post, path, content), false, ("X-CSRF", "1"), ("Sec-Fetch-Site", "same-origin"));

    /// <summary>A form of another site.</summary>
    public Task<HttpResponseMessage> PostFromElsewhereAsync(string url, HttpContent form, params (string, string)[] headers) =>
        SendAsync(Posted(HttpMethod.Post, url, form), crossSite: true, headers);

    /// <summary>Any request, with these headers and no others but the cookies.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string url, bool crossSite, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(method, url), crossSite, headers);

    private static HttpRequestMessage Posted(HttpMethod method, string url, HttpContent content)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };

        // Or what is refused unread would break off the connection that it is still being sent on.
        request.Headers.ExpectContinue = true;
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message, bool crossSite, params (string Name, string Value)[] headers)
    {
        using var request = message;
        request.Headers.ConnectionClose = !KeepsConnections;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var cookies = Cookies.Values.Where(cookie => !crossSite || cookie.SameSite is not Microsoft.Net.Http.Headers.SameSiteMode.Strict);
        request.Headers.TryAddWithoutValidation("Cookie", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));
        var response = await _http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Keep(response);
        return response;
    }

    /// <summary>From the portal's link to the provider's answer, which is not opened yet.</summary>
    public Task<string> BeginSignInAsync(string returnUrl = "/") =>
        BeginAsync($"/auth/login?returnUrl={Uri.EscapeDataString(returnUrl)}");

    /// <summary>The same from another address of the portal.</summary>
    public async Task<string> BeginAsync(string url)
    {
        using var login = await NavigateAsync(url);
        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        using var answer = await _elsewhere.GetAsync(login.Headers.Location, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.AbsoluteUri;
    }

    public Task<HttpResponseMessage> FinishSignInAsync(string callback) => NavigateAsync(callback, crossSite: true);

    public async Task SignInAsync(string returnUrl = "/")
    {
        using var callback = await FinishSignInAsync(await BeginSignInAsync(returnUrl));
        Assert.Equal(HttpStatusCode.SeeOther, callback.StatusCode);
    }

    public Task<HttpStatusCode> SessionStatusAsync() => StatusAsync("/auth/session");

    /// <summary>What a call of the portal's own script is answered with.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await CallAsync(path);
        return response.StatusCode;
    }

    /// <summary>
    /// Asks until the session is over. A replica that did not end it itself learns of it by a publication, within 100 ms.
    /// </summary>
    public async Task WaitForEndAsync()
    {
        while (await SessionStatusAsync() is not HttpStatusCode.Unauthorized)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        (await JsonDocument.ParseAsync(
            await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))).RootElement;

    public void Dispose()
    {
        _http.Dispose();
        _elsewhere.Dispose();
    }

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var values))
        {
            return;
        }

        foreach (var cookie in SetCookieHeaderValue.ParseList([.. values]))
        {
            if (cookie.Expires < TimeProvider.System.GetUtcNow())
            {
                Cookies.TryRemove(cookie.Name.ToString(), out _);
            }
            else
            {
                Cookies[cookie.Name.ToString()] = cookie;
            }
        }
    }
}
