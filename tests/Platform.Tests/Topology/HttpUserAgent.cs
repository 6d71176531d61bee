using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Testing.Secrets;

namespace Platform.Tests.Topology;

/// <summary>
/// A user agent without a screen: keeps cookies, follows redirects one at a time and fills in forms.
/// For tests that look at the protocol rather than at the page.
/// </summary>
public sealed partial class HttpUserAgent : IDisposable
{
    private readonly string _portal;
    private readonly HttpClient _http;

    /// <param name="topology">What the person uses.</param>
    /// <param name="portal">The portal's address where it is not that of the resource <c>bff</c>.</param>
    public HttpUserAgent(RunningTopology topology, string? portal = null) : this(portal ?? topology.Portal, topology.Secrets)
    {
    }

    /// <param name="portal">The portal's address; no trailing slash.</param>
    /// <param name="secrets">Learn what is secret of all that is sent and received.</param>
    public HttpUserAgent(string portal, KnownSecrets secrets)
    {
        _portal = portal;
        _http = new HttpClient(new SecretsHandler(secrets, new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = Cookies,
            // The development certificate, which this machine need not trust.
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject is "CN=localhost" },
            // A connection stays with one replica: every request may meet another.
            PooledConnectionLifetime = TimeSpan.Zero,
        }));
    }

    public CookieContainer Cookies { get; } = new();

    public void Dispose() => _http.Dispose();

    public Task<HttpResponseMessage> GetAsync(string url, CancellationToken cancellationToken) =>
        _http.GetAsync(Absolute(url), cancellationToken);

    /// <summary>A call as the page makes it, with the header that no other site can send.</summary>
    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string url, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, Absolute(url)) { Headers = { { "X-CSRF", "1" } } };
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>The session as <c>/auth/session</c> shows it, or null when there is none.</summary>
    public async Task<JsonElement?> SessionAsync(CancellationToken cancellationToken)
    {
        using var response = await CallAsync(HttpMethod.Get, "/auth/session", cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>Sends the page's own form, of which these fields are filled in or chosen.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        string page, string action, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var opened = await GetAsync(page, cancellationToken);
        var token = FormToken().Match(await opened.Content.ReadAsStringAsync(cancellationToken));
        using var form = new FormUrlEncodedContent(
            [new("form_token", WebUtility.HtmlDecode(token.Groups["value"].Value)), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await _http.PostAsync(new Uri(new Uri(page), action), form, cancellationToken);
    }

    /// <summary>Signs in and answers the last response, which is the page that the person ends on.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string username, string password, CancellationToken cancellationToken)
    {
        var callback = await SignInUntilCallbackAsync(username, password, cancellationToken);
        return await FollowAsync(callback, _ => false, cancellationToken);
    }

    /// <summary>Goes as far as the redirect to the callback, without following it.</summary>
    public async Task<HttpResponseMessage> SignInUntilCallbackAsync(
        string username, string password, CancellationToken cancellationToken)
    {
        var page = await FollowAsync(await GetAsync("/auth/login", cancellationToken), IsCallback, cancellationToken);
        if (page.StatusCode is not HttpStatusCode.OK)
        {
            return page; // the provider knew the person already
        }

        return await FollowAsync(await SubmitAsync(page, username, password, cancellationToken), IsCallback, cancellationToken);
    }

    private async Task<HttpResponseMessage> SubmitAsync(
        HttpResponseMessage page, string username, string password, CancellationToken cancellationToken)
    {
        var html = await page.Content.ReadAsStringAsync(cancellationToken);
        var signIn = Form().Match(html);
        var action = WebUtility.HtmlDecode(signIn.Groups["url"].Value);
        var fields = Hidden().Matches(signIn.Value).ToDictionary(
            field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        fields["username"] = username;
        fields["password"] = password;

        using var form = new FormUrlEncodedContent(fields);
        return await _http.PostAsync(new Uri(page.RequestMessage!.RequestUri!, action), form, cancellationToken);
    }

    private async Task<HttpResponseMessage> FollowAsync(
        HttpResponseMessage response, Predicate<Uri> until, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < 10 && response.Headers.Location is not null && !until(Next(response)); hops++)
        {
            var next = Next(response);
            response.Dispose();
            response = await _http.GetAsync(next, cancellationToken);
        }

        return response;
    }

    private bool IsCallback(Uri uri) => uri.AbsoluteUri.StartsWith($"{_portal}/auth/callback", StringComparison.Ordinal);

    private static Uri Next(HttpResponseMessage response) =>
        new(response.RequestMessage!.RequestUri!, response.Headers.Location!);

    private Uri Absolute(string url) => new(new Uri(_portal), url);

    /// <summary>The first form of the page; the second is the way out.</summary>
    [GeneratedRegex("""<form[^>]*action="(?<url>[^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*name="(?<name>[^"]*)"[^>]*value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="form_token"[^>]*value="(?<value>[^"]*)""")]
    private static partial Regex FormToken();
}
