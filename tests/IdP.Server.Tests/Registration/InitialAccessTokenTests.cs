using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Registration;

public sealed class InitialAccessTokenTests(RegistrationServer server) : IClassFixture<RegistrationServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_issues_a_token_that_registers_a_client()
    {
        using var response = await IssueAsync("""{"profile":"code-flow-secret","client_id":"a-team","lifetime_seconds":600}""", await TokenAsync());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled)).RootElement;

        using var registered = await server.RegisterAsync(
            RegistrationServer.Metadata(), answer.GetProperty("initial_access_token").GetString());

        Assert.Contains("\"a-team\"", await registered.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_call_without_a_token()
    {
        using var response = await IssueAsync("{}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"profile":"unknown"}""")]
    [InlineData("""{"lifetime_seconds":0}""")]
    [InlineData("""{"client_id":"with space"}""")]
    [InlineData("""{"profil":"code-flow-secret"}""")]
    [InlineData("[]")]
    public async Task Refuses_a_command_that_makes_no_sense(string body)
    {
        using var response = await IssueAsync(body, await TokenAsync());
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<HttpResponseMessage> IssueAsync(string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/initial-access-tokens")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.SendAsync(request, Cancelled);
    }

    private async Task<string> TokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "clients.register")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin-cli:{IdpServer.AdminSecret}")));
        using var response = await server.Http.SendAsync(request, Cancelled);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled)).RootElement;
        return answer.GetProperty("access_token").GetString()!;
    }
}
