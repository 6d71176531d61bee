using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Registration;
using Platform.IdP.Signals.Streams;
using Platform.IdP.Tests.Registration;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Audit;

public sealed class OperationAuditTests(AuditServer server) : IClassFixture<AuditServer>, IDisposable
{
    private readonly Portal _portal = new(server);

    public void Dispose() => _portal.Dispose();

    [Theory]
    [InlineData("/admin/revocations", "sessions.revoke", """{"sub":"sub-of-somebody"}""", "revocation", "sub-of-somebody")]
    [InlineData("/admin/events", "signals.raise", """{"type":"credential-compromise","subject":{"format":"iss_sub","iss":"https://idp.test","sub":"ada"},"event":{"credential_type":"password"}}""", "event credential-compromise", "ada")]
    [InlineData("/admin/initial-access-tokens", "clients.register", """{"client_id":"a-newcomer"}""", "initial access token", "a-newcomer")]
    [InlineData("/admin/keys/rotate", "keys.rotate", """{"alg":"ES256"}""", "key rotation", "ES256")]
    public async Task What_an_administrator_does_is_told(string path, string scope, string body, string action, string target)
    {
        using var token = await _portal.PostAsync("/token",
            new() { ["grant_type"] = "client_credentials", ["scope"] = scope }, "admin-cli", IdpServer.AdminSecret);
        using var response = await SendAsync(HttpMethod.Post, path, (await Portal.Json(token)).AccessToken(), body);
        Assert.True(response.IsSuccessStatusCode);

        var told = server.Record.Of("AdministratorActed").Last(one => one["Action"] == action);
        Assert.Equal((320, "admin-cli", target, "127.0.0.1"), (told.Id, told["By"], told["Target"], told["ClientAddress"]));
        if (path == "/admin/keys/rotate")
        {
            var rotated = server.Record.Last("KeyRotated");
            Assert.Equal((310, "ES256"), (rotated.Id, rotated["Algorithm"]));
        }
    }

    [Theory]
    [InlineData("status", """{"status":"paused","reason":"For a test."}""", "stream paused")]
    [InlineData("dead-letters", """{"all":true}""", "dead letters again")]
    public async Task What_an_administrator_does_to_a_stream_is_told(string part, string body, string action)
    {
        var stream = new EventStream(Guid.NewGuid().ToString("N"), "a-receiver") { Delivery = new StreamDelivery(StreamDelivery.Poll) };
        await server.Services.GetRequiredService<StreamStore>().TryCreateAsync(stream, int.MaxValue);

        using var response = await SendAsync(
            HttpMethod.Post, $"/admin/streams/{stream.Id}/{part}", await _portal.GetAdminTokenAsync("streams.write"), body);

        Assert.True(response.IsSuccessStatusCode);
        var told = server.Record.Of("AdministratorActed").Last(one => one["Action"] == action);
        Assert.Equal((320, "admin-cli", stream.Id), (told.Id, told["By"], told["Target"]));
        if (part == "status")
        {
            var changed = server.Record.Last("StreamChanged");
            Assert.Equal((315, stream.Id, "a-receiver", "paused"), (changed.Id, changed["StreamId"], changed["ClientId"], changed["Change"]));
        }
    }

    [Fact]
    public async Task What_becomes_of_a_client_is_told()
    {
        var (permission, _) = await server.Services.GetRequiredService<InitialAccessTokenStore>().IssueAsync("code-flow-secret", null, null);
        using var registered = await SendAsync(HttpMethod.Post, "/register", permission, RegistrationServer.Metadata().ToJsonString());
        var client = await Portal.Json(registered);
        var (id, token) = (client.GetProperty("client_id").GetString()!, client.GetProperty("registration_access_token").GetString()!);

        var metadata = RegistrationServer.Metadata();
        metadata["client_id"] = id;
        using var changed = await SendAsync(HttpMethod.Put, $"/register/{id}", token, metadata.ToJsonString());
        using var deleted = await SendAsync(HttpMethod.Delete, $"/register/{id}", token, null);

        var told = server.Record.Last("ClientRegistered");
        Assert.Equal((300, id, "code-flow-secret"), (told.Id, told["ClientId"], told["Profile"]));
        Assert.Equal((301, id), (server.Record.Last("ClientChanged").Id, server.Record.Last("ClientChanged")["ClientId"]));
        Assert.Equal((302, id), (server.Record.Last("ClientDeleted").Id, server.Record.Last("ClientDeleted")["ClientId"]));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _portal.Backchannel.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
