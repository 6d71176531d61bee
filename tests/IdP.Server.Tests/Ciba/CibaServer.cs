using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Ciba;

/// <summary>With clients of CIBA: one polls, one is pinged, one signs its requests.</summary>
public class CibaServer : IdpServer, IAsyncLifetime
{
    internal const string Secret = "the-bank-has-a-secret-too";

    private readonly Channel<Ping> _pings = Channel.CreateUnbounded<Ping>();
    private ClientHost _host = null!;

    internal SigningKey Key { get; } = SigningKey.Create(JwsAlgorithm.ES256);

    internal SigningKey RsaKey { get; } = SigningKey.Create(JwsAlgorithm.RS256);

    /// <summary>What the pinged client was sent.</summary>
    internal ChannelReader<Ping> Pings => _pings.Reader;

    /// <summary>How the pinged client answers.</summary>
    internal HttpStatusCode PingAnswer { get; set; } = HttpStatusCode.NoContent;

    internal virtual int WaitingPerUser => 1000;

    internal override string MoreClients => $"""

          - client_id: bank
            client_name: A <b>bank</b>
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:openid:params:grant-type:ciba]
            scope: openid profile contacts.read

          - client_id: till
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:openid:params:grant-type:ciba]
            scope: openid
            backchannel_token_delivery_mode: ping
            backchannel_client_notification_endpoint: {_host.Origin}/ping

          - client_id: signer
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:openid:params:grant-type:ciba]
            scope: openid
            backchannel_token_delivery_mode: poll
            backchannel_authentication_request_signing_alg: ES256
            jwks: {new JsonWebKeySet([Key.PublicKey, RsaKey.PublicKey]).ToJson()}

          - client_id: bound
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:openid:params:grant-type:ciba]
            scope: openid
            dpop_bound_access_tokens: true

          - client_id: paired
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:openid:params:grant-type:ciba]
            scope: openid
            subject_type: pairwise
            redirect_uris: [https://paired.test/callback]

          - client_id: asker
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [client_credentials]
            scope: ciba.decide sessions.revoke

        """;

    public new async ValueTask InitializeAsync()
    {
        _host = await ClientHost.StartAsync(ReceiveAsync);
        Settings["Idp:Outbound:CaFile"] = _host.CaFile;
        Settings["Idp:PairwiseSalt"] = "a-salt-for-tests-is-long-but-no-secret";

        // Tests move the clock on while an answer may still be on its way: that must not pass for a client that hangs.
        Settings["Idp:Outbound:Timeout"] = "00:01:00";

        // One person stands for many.
        Settings["Idp:Ciba:WaitingPerUser"] = $"{WaitingPerUser}";
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
        Key.Dispose();
        RsaKey.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        await _pings.Writer.WriteAsync(new Ping(
            http.Request.Path, http.Request.Headers.Authorization.ToString(), http.Request.ContentType, body));
        http.Response.StatusCode = (int)PingAnswer;
        http.Response.Headers.Location = "/elsewhere";
    }

    internal sealed record Ping(string Path, string Authorization, string? ContentType, string Body);
}
