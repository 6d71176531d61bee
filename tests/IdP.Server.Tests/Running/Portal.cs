using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Platform.IdP.Tests.Running;

/// <summary>Plays the client bff-server and the person before the browser, one step at a time.</summary>
internal sealed partial class Portal(IdpServer server) : IDisposable
{
    public const string RedirectUri = IdpServer.Portal + "/auth/callback";

    public const string PlainRedirectUri = "https://plain.test/callback";

    // RFC 7636, appendix B
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public HttpClient Browser { get; } = server.NewClient();

    public HttpClient Backchannel { get; } = server.NewClient();

    public static Dictionary<string, string> Request(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = "bff-server",
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid profile email contacts.read",
            ["state"] = "the state",
            ["nonce"] = "the nonce",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        return Change(parameters, changes);
    }

    public Task<HttpResponseMessage> PostAsync(
        string path, Dictionary<string, string> form, string clientId = "bff-server", string secret = IdpServer.PortalSecret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = Basic(clientId, secret);
        return Backchannel.SendAsync(request);
    }

    public static AuthenticationHeaderValue Basic(string clientId, string secret) => new("Basic", Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}")));

    /// <summary>Pushes the request; the address to send the browser to.</summary>
    public async Task<string> PushAsync(params (string Name, string? Value)[] changes)
    {
        using var response = await PostAsync("/par", Request(changes));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var requestUri = (await Json(response)).GetProperty("request_uri").GetString()!;
        return $"/authorize?client_id=bff-server&request_uri={Uri.EscapeDataString(requestUri)}";
    }

    /// <summary>Opens an address that leads to the login page; the page's form.</summary>
    public async Task<Dictionary<string, string>> OpenLoginAsync(string address)
    {
        using var response = await Browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        using var page = await Browser.GetAsync(response.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return HiddenInputs(await page.Content.ReadAsStringAsync());
    }

    /// <summary>Signs in, and allows what the client asks for where the person is asked.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        Dictionary<string, string> form, string userName = "ada", string password = "analytical-engine")
    {
        var response = await SubmitLoginAsync(form, userName, password);
        return response.Headers.Location is { IsAbsoluteUri: false, OriginalString: var next } &&
            next.StartsWith("/consent?", StringComparison.Ordinal)
                ? await DecideAsync(await OpenFormAsync(next), "allow")
                : response;
    }

    /// <summary>Submits the login page and nothing else.</summary>
    public Task<HttpResponseMessage> SubmitLoginAsync(
        Dictionary<string, string> form, string userName = "ada", string password = "analytical-engine") =>
        Browser.PostAsync("/login", new FormUrlEncodedContent(Change(form, ("username", userName), ("password", password))));

    public Task<HttpResponseMessage> DecideAsync(Dictionary<string, string> form, string decision) =>
        Browser.PostAsync("/consent", new FormUrlEncodedContent(Change(form, ("decision", decision))));

    /// <summary>Opens one of the pages; its form.</summary>
    public async Task<Dictionary<string, string>> OpenFormAsync(string address)
    {
        using var page = await Browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return HiddenInputs(await page.Content.ReadAsStringAsync());
    }

    /// <summary>A whole sign-in up to the code.</summary>
    public async Task<string> GetCodeAsync(params (string Name, string? Value)[] changes)
    {
        using var response = await SubmitAsync(await OpenLoginAsync(await PushAsync(changes)));
        return Answer(response)["code"];
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, params (string Name, string? Value)[] changes) =>
        PostAsync("/token", Change(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = Verifier,
        }, changes));

    public async Task<JsonElement> SignInAsync()
    {
        using var response = await RedeemAsync(await GetCodeAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Json(response);
    }

    public async Task<string> GetAdminTokenAsync(string scope = "sessions.revoke")
    {
        using var response = await PostAsync("/token",
            new() { ["grant_type"] = "client_credentials", ["scope"] = scope }, "admin-cli", IdpServer.AdminSecret);
        return (await Json(response)).GetProperty("access_token").GetString()!;
    }

    public Task<HttpResponseMessage> GetWithTokenAsync(string path, string token) =>
        Backchannel.SendAsync(new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        });

    /// <summary>An authorization request of the client that need not push it.</summary>
    public static string PlainAddress(params (string Name, string? Value)[] changes) => QueryHelpers.AddQueryString(
        "/authorize",
        Change(Change(Request(), ("client_id", "plain"), ("redirect_uri", PlainRedirectUri), ("scope", "openid profile")), changes)!);

    /// <summary>The parameters of the redirect to the client.</summary>
    public static Dictionary<string, string> Answer(HttpResponseMessage response, string redirectUri = RedirectUri)
    {
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var location = response.Headers.Location!;
        Assert.StartsWith(redirectUri + "?", location.AbsoluteUri, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(location.Query).ToDictionary(pair => pair.Key, pair => pair.Value.Single()!);
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    /// <summary>The claims of a JWT, unverified.</summary>
    public static JsonElement Claims(string jwt) =>
        JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(jwt.Split('.')[1]));

    public static Dictionary<string, string> HiddenInputs(string html) => HiddenInput().Matches(html)
        .DistinctBy(match => match.Groups["name"].Value)
        .ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));

    public static Dictionary<string, string> Change(
        Dictionary<string, string> parameters, params (string Name, string? Value)[] changes)
    {
        var changed = new Dictionary<string, string>(parameters);
        foreach (var (name, value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
            {
                changed[name] = value;
            }
        }

        return changed;
    }

    public void Dispose()
    {
        Browser.Dispose();
        Backchannel.Dispose();
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" />""")]
    private static partial Regex HiddenInput();
}
