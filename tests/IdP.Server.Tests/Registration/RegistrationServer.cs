using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Registration;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Registration;

/// <summary>A server that clients register at, with what it takes to do so.</summary>
public sealed class RegistrationServer : IdpServer
{
    private readonly Lazy<HttpClient> _http;

    public RegistrationServer() => _http = new Lazy<HttpClient>(() => NewClient());

    public string ClientsFile => Path.Combine(Settings["Idp:ConfigFolder"], "clients.yaml");

    internal HttpClient Http => _http.Value;

    internal static JsonObject Metadata() => new()
    {
        ["client_name"] = "A newcomer",
        ["redirect_uris"] = new JsonArray("https://new.test/auth/callback"),
        ["grant_types"] = new JsonArray("authorization_code"),
        ["token_endpoint_auth_method"] = "client_secret_basic",
        ["scope"] = "openid profile",
    };

    internal async Task<string> PermissionAsync(string? profile = "code-flow-secret", string? clientId = null) =>
        (await Services.GetRequiredService<InitialAccessTokenStore>().IssueAsync(profile, clientId, null)).Token;

    internal async Task<HttpResponseMessage> RegisterAsync(JsonNode metadata, string? token, HttpMethod? method = null, string path = "/register")
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path)
        {
            Content = new StringContent(metadata.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal async Task<JsonObject> RegisteredAsync(JsonNode? metadata = null, string? profile = "code-flow-secret")
    {
        using var response = await RegisterAsync(metadata ?? Metadata(), await PermissionAsync(profile));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode is HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    internal async Task<string> RefusalAsync(JsonNode metadata, string? profile = "code-flow-secret")
    {
        using var response = await RegisterAsync(metadata, await PermissionAsync(profile));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return await ErrorAsync(response);
    }

    internal static async Task<string> ErrorAsync(HttpResponseMessage response)
    {
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("error").GetString()!;
    }
}
