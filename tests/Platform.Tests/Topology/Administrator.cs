using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Platform.Tests.Topology;

/// <summary>The client <c>admin-cli</c>: gets tokens for its scopes, revokes sessions and lets clients register.</summary>
public sealed class Administrator(HttpClient idp, string secret)
{
    public const string ClientId = "admin-cli";

    /// <summary>Ends every session of a user; answers the SET's <c>jti</c>.</summary>
    public async Task<string> RevokeUserAsync(string subject, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            "/admin/revocations", "sessions.revoke", new { sub = subject, reason = "Asked by a test" }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("jti").GetString()!;
    }

    /// <summary>Raises a security event about a user.</summary>
    public async Task RaiseAsync(string type, string issuer, string subject, object members, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            "/admin/events", "signals.raise",
            new { type, subject = new { format = "iss_sub", iss = issuer, sub = subject }, @event = members }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Ends one session of a user.</summary>
    public async Task RevokeSessionAsync(string subject, string sessionId, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            "/admin/revocations", "sessions.revoke", new { sub = subject, sid = sessionId }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The stream of a receiver, as the provider shows it; null when there is none.</summary>
    public async Task<JsonElement?> FindStreamAsync(string clientId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/streams");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("streams.read", cancellationToken));
        using var response = await idp.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var streams = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return streams.EnumerateArray().Where(stream => stream.GetProperty("client_id").GetString() == clientId)
            .Select(stream => (JsonElement?)stream).SingleOrDefault();
    }

    /// <summary>A permission to register this client, once.</summary>
    public async Task<string> IssueInitialAccessTokenAsync(string profile, string clientId, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            "/admin/initial-access-tokens", "clients.register", new { profile, client_id = clientId }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("initial_access_token").GetString()!;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string scope, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(scope, cancellationToken));
        return await idp.SendAsync(request, cancellationToken);
    }

    private async Task<string> TokenAsync(string scope, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["scope"] = scope,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{secret}")));
        using var response = await idp.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("access_token").GetString()!;
    }
}
