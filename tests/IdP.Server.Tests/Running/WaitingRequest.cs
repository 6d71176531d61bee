using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Authorize;
using Platform.IdP.Grants;

namespace Platform.IdP.Tests.Running;

/// <summary>Stores authorization requests as if they had been validated, and opens them in a browser.</summary>
internal static class WaitingRequest
{
    /// <summary>A request of the client, which the change makes a special one.</summary>
    public static AuthorizationRequest Of(string clientId, params string[] scopes) => new()
    {
        ClientId = clientId,
        RedirectUri = $"https://{clientId}.test/callback",
        CodeChallenge = Portal.Challenge,
        Scopes = scopes.Length == 0 ? ["openid"] : scopes,
        State = "the state",
    };

    /// <summary>The address that the browser opens.</summary>
    public static async Task<string> StoreAsync(this IdpServer server, AuthorizationRequest request) =>
        "/authorize/resume?request=" +
        await server.Services.GetRequiredService<AuthorizationRequestStore>().SaveAsync(request);

    /// <summary>The way back to the client of such a request.</summary>
    public static Dictionary<string, string> Answer(HttpResponseMessage response, string clientId) =>
        Portal.Answer(response, $"https://{clientId}.test/callback");
}
