using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Operations;

/// <summary>A server whose clients have keys here and there, one of them at an address where they are not to be had.</summary>
public sealed class InspectedServer : IdpServer, IAsyncLifetime
{
    internal static readonly SigningKey Key = SigningKey.Create(JwsAlgorithm.ES256);

    private ClientHost _host = null!;

    /// <summary>What is at the jwks_uri of <c>fetched</c>.</summary>
    internal string KeySet { get; set; } = new JsonWebKeySet([Key.PublicKey]).ToJson();

    internal override string MoreClients => $$"""

          - client_id: fetched
            token_endpoint_auth_method: private_key_jwt
            jwks_uri: {{_host.Origin}}/jwks
            grant_types: [authorization_code, refresh_token]
            redirect_uris: [https://fetched.test/callback]
            post_logout_redirect_uris: [https://fetched.test/]
            backchannel_logout_uri: https://fetched.test/logout
            scopes: [openid, offline_access]

          - client_id: unreachable
            token_endpoint_auth_method: private_key_jwt
            jwks_uri: {{_host.Origin}}/nothing
            grant_types: [authorization_code]
            redirect_uris: [https://unreachable.test/callback]
            scopes: [openid]

          - client_id: inline
            profile: baseline
            token_endpoint_auth_method: private_key_jwt
            jwks: {{new JsonWebKeySet([Key.PublicKey]).ToJson()}}
            grant_types: [authorization_code, client_credentials]
            redirect_uris: [https://inline.test/callback]
            scopes: [openid, sessions.revoke]

        """;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _host = await ClientHost.StartAsync(http =>
        {
            if (http.Request.Path == "/jwks")
            {
                return http.Response.WriteAsync(KeySet);
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        Settings["Idp:Outbound:CaFile"] = _host.CaFile;
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _host.DisposeAsync();
    }

    /// <summary>What an administrator is shown there.</summary>
    internal async Task<JsonElement> ShowAsync(string path, string scope)
    {
        using var portal = new Portal(this);
        using var response = await portal.GetWithTokenAsync(path, await portal.GetAdminTokenAsync(scope));
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return await Running.Portal.Json(response);
    }
}
