using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.RequestObjects;

/// <summary>With clients that sign their requests, and the web server of one that publishes them.</summary>
public sealed class RequestObjectServer : AuthorizeServer, IAsyncLifetime
{
    internal const string SignerRedirectUri = "https://signer.test/callback";
    internal const string FapiRedirectUri = "https://fapi.test/callback";
    private WebApplication? _web;

    /// <summary>What the client's web server answers, by path.</summary>
    internal ConcurrentDictionary<string, string> Documents { get; } = new();

    internal int Fetches { get; private set; }

    internal string Web => _web!.Urls.Single();

    internal override string MoreClients => base.MoreClients + $$"""
          - client_id: signer
            client_name: Signs its requests
            token_endpoint_auth_method: client_secret_post
            client_secret: the-signer-has-a-secret
            grant_types: [authorization_code]
            redirect_uris: [{{SignerRedirectUri}}]
            scope: openid profile
            require_pkce: false
            jwks: {{RequestSigner.Published}}
            request_uris: ["{{Web}}/request.jwt", "{{Web}}/other.jwt"]

          - client_id: publisher
            client_name: Publishes its keys
            token_endpoint_auth_method: client_secret_post
            client_secret: the-signer-has-a-secret
            grant_types: [authorization_code]
            redirect_uris: [{{SignerRedirectUri}}]
            scope: openid profile
            jwks_uri: {{Web}}/jwks

          - client_id: only-rs256
            client_name: Is registered for RS256
            token_endpoint_auth_method: client_secret_post
            client_secret: the-signer-has-a-secret
            grant_types: [authorization_code]
            redirect_uris: [{{SignerRedirectUri}}]
            scope: openid profile
            require_signed_request_object: true
            request_object_signing_alg: RS256
            jwks: {{RequestSigner.Published}}

          - client_id: fapi
            client_name: Is held to FAPI 2.0 Message Signing
            profile: fapi2_message_signing
            token_endpoint_auth_method: private_key_jwt
            grant_types: [authorization_code]
            redirect_uris: [{{FapiRedirectUri}}]
            scope: openid profile
            jwks: {{RequestSigner.Published}}
            request_uris: ["{{Web}}/fapi.jwt"]

        """;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        _web = builder.Build();
        _web.Run(http =>
        {
            Fetches++;
            return Documents.TryGetValue(http.Request.Path, out var document)
                ? http.Response.WriteAsync(document, http.RequestAborted)
                : Task.FromResult(http.Response.StatusCode = StatusCodes.Status404NotFound);
        });
        await _web.StartAsync();
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _web!.DisposeAsync();
    }
}
