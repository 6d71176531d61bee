using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Protocol;

/// <summary>Administrators are clients that act for themselves: no token of a person opens what is theirs.</summary>
public sealed class AdministratorAccessTests(AdministratorAccessTests.Server server) : IClassFixture<AdministratorAccessTests.Server>
{
    private const string Scopes =
        "sessions.revoke signals.raise clients.register ciba.decide keys.rotate streams.read streams.write clients.read diagnostics.read";

    private const string Secret = "the-console-has-a-secret-too";

    public sealed class Server : IdpServer
    {
        internal override string MoreClients => $"""

              - client_id: console
                token_endpoint_auth_method: client_secret_basic
                client_secret: {Secret}
                grant_types: [authorization_code, client_credentials]
                redirect_uris: [https://console.test/callback]
                scopes: [openid, {Scopes.Replace(' ', ',')}]
                skip_consent: true

            """;
    }

    [Fact]
    public async Task A_persons_token_is_refused_whatever_its_scope()
    {
        using var app = new App(server, "console");
        using var redeemed = await app.Portal.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = await app.GetCodeAsync($"openid {Scopes}"),
            ["redirect_uri"] = app.RedirectUri,
            ["code_verifier"] = Portal.Verifier,
        }, "console", Secret);
        var tokens = await App.OkAsync(redeemed);
        Assert.Contains("keys.rotate", tokens.GetProperty("scope").GetString(), StringComparison.Ordinal);

        foreach (var (method, path) in Operations())
        {
            using var response = await CallAsync(app, method, path, tokens.AccessToken());
            Assert.True(response.StatusCode is HttpStatusCode.Forbidden, $"{method} {path}: {response.StatusCode}");
            Assert.Contains("error=\"insufficient_scope\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_clients_own_token_gets_past_the_door_and_none_does_not()
    {
        using var app = new App(server, "console");
        using var issued = await app.Portal.PostAsync(
            "/token", new() { ["grant_type"] = "client_credentials", ["scope"] = Scopes }, "console", Secret);
        var token = (await App.OkAsync(issued)).AccessToken();

        foreach (var (method, path) in Operations())
        {
            using var own = await CallAsync(app, method, path, token);
            using var without = await CallAsync(app, method, path, null);
            Assert.True(own.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized), $"{method} {path}: {own.StatusCode}");
            Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        }
    }

    // All there are, so that a new one is not forgotten.
    private List<(HttpMethod Method, string Path)> Operations()
    {
        var found = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/admin/", StringComparison.Ordinal) is true)
            .Select(endpoint => (
                new HttpMethod(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single()),
                endpoint.RoutePattern.RawText!.Replace("{streamId}", "any", StringComparison.Ordinal)
                    .Replace("{clientId}", "any", StringComparison.Ordinal)))
            .ToList();
        Assert.True(found.Count >= 8, JsonSerializer.Serialize(found.Select(one => one.Item2)));
        return found;
    }

    private static Task<HttpResponseMessage> CallAsync(App app, HttpMethod method, string path, string? token) =>
        app.Portal.Backchannel.SendAsync(new HttpRequestMessage(method, path)
        {
            Content = method == HttpMethod.Get ? null : new StringContent("[]", Encoding.UTF8, "application/json"),
            Headers = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        }, TestContext.Current.CancellationToken);
}
